/** Text inside XML, by the rules of XML 1.0 and of OOXML's `_xHHHH_` escapes. Knows no part of a workbook. */

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Most characters of a cell's text that Excel accepts. */
export const MAX_TEXT = 32_767;

const NAMED: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'\n': '&#10;',
	'\t': '&#9;',
};

// What XML 1.0 cannot hold, and the carriage return, which its readers turn into a newline.
const FORBIDDEN =
	// eslint-disable-next-line no-control-regex
	/[\0-\x08\x0b-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// An underscore that a reader would take for the start of an escape.
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;
// One test for most texts, which hold none of these.
// eslint-disable-next-line no-control-regex
const SPECIAL = /[&<>_\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]/;

/** @returns the content of an `<t>` or `<v>` element; a reader gets exactly `text` back */
export function cellText(text: string): string {
	if (!SPECIAL.test(text)) return text;
	return plain(
		text
			.replace(LOOKS_ESCAPED, '_x005F_')
			.replace(
				FORBIDDEN,
				(char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
			),
	);
}

/** @returns the content of an element outside cells; what XML cannot hold is left out */
export function elementText(text: string): string {
	return plain(text.replace(FORBIDDEN, ''));
}

/** @returns the content of a double-quoted attribute; what XML cannot hold is left out */
export function attributeText(text: string): string {
	return text.replace(FORBIDDEN, '').replace(/[&<>"\n\t]/g, (char) => NAMED[char] ?? char);
}

/** @returns a `<t>` element with its text as it stands, blanks at its ends included */
export function textElement(text: string): string {
	const cut = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
	const space = /^\s|\s$/.test(cut) ? ' xml:space="preserve"' : '';
	return `<t${space}>${cellText(cut)}</t>`;
}

function plain(text: string): string {
	return text.replace(/[&<>]/g, (char) => NAMED[char] ?? char);
}
