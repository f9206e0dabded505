/** Works without a network after one visit, and says when a new version waits. */
import { dev } from '$app/environment';
import { registerServiceWorker } from '$lib/worker/register';
import { toasts } from './toast.svelte';

class OfflineState {
	/** the page and its data open without a network */
	ready = $state(false);
	/** switches to the new version; only ever called when the visitor asks */
	update = $state.raw<() => void>();

	async start(baseUrl: string): Promise<void> {
		if (dev) return;
		this.ready = await registerServiceWorker({
			baseUrl,
			onUpdate: (apply) => {
				this.update = apply;
				toasts.show('A new version of LEMUR Web is here.', { label: 'Update now', run: apply });
			},
		});
	}
}

export const offline = new OfflineState();
