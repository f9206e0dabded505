/** Copying and saving, with a message that says what happened. */
import { toasts } from './toast.svelte';

/** Copies `text`; a browser that refuses gets told so. */
export async function copyText(text: string, done: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		toasts.show(done);
	} catch {
		toasts.show('The browser did not allow copying. Select the text and copy it by hand.');
	}
}

/** Saves bytes as a file on this device. */
export function saveFile(parts: BlobPart[], name: string, mediaType: string): void {
	const url = URL.createObjectURL(new Blob(parts, { type: mediaType }));
	const anchor = document.createElement('a');
	anchor.href = url;
	anchor.download = name;
	anchor.click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
