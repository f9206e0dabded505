/**
 * Text of a value exactly as Python prints it: `repr(float)` and `str(dict)`.
 *
 * LEMUR's identities are hashes of such texts, so one wrong digit or quote changes them.
 * This module prints; it neither parses (python-json.ts) nor hashes (identity.ts).
 */

/**
 * A value of Python's JSON: `int` is a `bigint`, `float` is a `number`, so that 1 and 1.0 stay
 * two different values; a `dict` is a Map in insertion order.
 */
export type PyValue = null | boolean | string | bigint | number | PyValue[] | PyDict;

/** A Python `dict` with text keys, in insertion order. */
export type PyDict = Map<string, PyValue>;

/** Python prints an exponent below this magnitude (JavaScript only below 1e-6). */
const SMALLEST_PLAIN = 1e-4;
/** Python prints an exponent from this magnitude on (JavaScript only from 1e21). */
const SMALLEST_BIG = 1e16;

/**
 * Python's `repr(x)` of a float: shortest digits that read back, `.0` on whole numbers,
 * exponents of at least two digits below 1e-4 and from 1e16, `inf`, `-inf`, `nan`, `-0.0`.
 */
export function floatRepr(x: number): string {
	if (x === 0) return Object.is(x, -0) ? '-0.0' : '0.0';
	const magnitude = Math.abs(x);
	if (magnitude >= SMALLEST_PLAIN && magnitude < SMALLEST_BIG) {
		return Number.isInteger(x) ? `${x}.0` : String(x);
	}
	if (Number.isNaN(x)) return 'nan';
	if (magnitude === Infinity) return x > 0 ? 'inf' : '-inf';
	return x.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

/**
 * Python's `str(value)` of a dict, list or scalar nested inside one (so texts are quoted).
 * Which characters count as printable follows this engine's Unicode version, not Python's.
 */
export function pythonRepr(value: PyValue): string {
	if (value === null) return 'None';
	switch (typeof value) {
		case 'boolean':
			return value ? 'True' : 'False';
		case 'bigint':
			return value.toString();
		case 'number':
			return floatRepr(value);
		case 'string':
			return stringRepr(value);
	}
	if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
	const items: string[] = [];
	for (const [key, item] of value) items.push(`${stringRepr(key)}: ${pythonRepr(item)}`);
	return `{${items.join(', ')}}`;
}

/** What Python escapes inside quotes: control, unassigned and space-like characters but U+0020. */
const UNPRINTABLE = /(?! )[\p{C}\p{Z}]|\\/gu;
/** Printable ASCII without quote and backslash: printed as it stands (nearly every text is this). */
const PLAIN = /^[ !#-&(-[\]-~]*$/;

function stringRepr(text: string): string {
	if (PLAIN.test(text)) return `'${text}'`;
	const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
	const escaped = text.replace(UNPRINTABLE, escapeCharacter);
	return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeCharacter(character: string): string {
	switch (character) {
		case '\\':
			return '\\\\';
		case '\n':
			return '\\n';
		case '\r':
			return '\\r';
		case '\t':
			return '\\t';
	}
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
	return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
