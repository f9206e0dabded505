/** A filter as a call of the site's own script interface, `lemur.export` (see lemur.js). */
import type { Filter } from '../filter';
import { numberText } from './canonical';

const NAME = /^[A-Za-z_$][\w$]*$/;

/**
 * @returns an expression for the browser's console: the filter as a plain object, handed to
 * `lemur.export('csv', …)`, which gives a Blob of exactly its rows
 */
export function toJavaScript(filter: Filter): string {
	return `await lemur.export('csv', ${objectText(filter)})`;
}

/** A plain value as a JavaScript literal: short keys bare, −0 kept, `__proto__` an own key. */
function objectText(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(objectText).join(', ')}]`;
	if (typeof value === 'number') return numberText(value);
	if (typeof value !== 'object' || value === null) return textLiteral(String(value));
	const entries = Object.entries(value).map(
		([key, item]) => `${keyText(key)}: ${objectText(item)}`,
	);
	return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function keyText(key: string): string {
	if (key === '__proto__') return `['__proto__']`;
	return NAME.test(key) ? key : textLiteral(key);
}

/** Control and invisible characters are escaped, so that what is pasted is what was read. */
function textLiteral(text: string): string {
	const body = text.replace(/[\\'\p{C}\p{Zl}\p{Zp}]/gu, (char) =>
		char === '\\' || char === "'" ? `\\${char}` : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
	);
	return `'${body}'`;
}
