/** The HTML of a frame that shows a plot on another site's page. */

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
};

const escape = (text: string) => text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);

/** @param address of /embed with its fragment; @param title plain text */
export function embedCode(address: string, title: string): string {
	return `<iframe src="${escape(address)}" title="${escape(title)}" width="100%" height="560" loading="lazy" style="border:0"></iframe>`;
}
