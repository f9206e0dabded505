/**
 * JSON as Python's `json` module reads and writes it.
 *
 * Differs from `JSON.parse`/`JSON.stringify`: whole numbers and floats stay two kinds (bigint and
 * number), NaN and the infinities have tokens, objects are Maps in file order, repeated keys are
 * reported, and every error names its line and column. It knows nothing of records.
 */
import { PythonJsonReader, type ParseOptions } from './python-json-reader';
import { floatRepr, type PyValue } from './python-text';

export { PythonJsonError, type ParseOptions } from './python-json-reader';
export type { PyDict, PyValue } from './python-text';

/**
 * Parse one Python JSON text.
 * @throws PythonJsonError when the text is not Python JSON or is nested deeper than `maxDepth`.
 */
export function parsePythonJson(text: string, options: ParseOptions = {}): PyValue {
	return new PythonJsonReader(text, options).document();
}

/** Options of {@link writePythonJson}. */
export interface WriteOptions {
	/** Spaces per level; without it everything stands on one line, as in Python. */
	indent?: number;
}

/** Python's `json.dumps(value, indent=…)`: ASCII only, keys in their order, no final newline. */
export function writePythonJson(value: PyValue, options: WriteOptions = {}): string {
	return write(value, options.indent, '\n');
}

/** `newline` is a line feed with the indentation of the level that `value` stands on. */
function write(value: PyValue, indent: number | undefined, newline: string): string {
	if (value === null) return 'null';
	if (typeof value === 'string') return quote(value);
	if (typeof value === 'number') return writeFloat(value);
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	const inner = newline + ' '.repeat(indent ?? 0);
	const items = Array.isArray(value)
		? value.map((item) => write(item, indent, inner))
		: Array.from(value, ([key, item]) => `${quote(key)}: ${write(item, indent, inner)}`);
	const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
	if (items.length === 0) return open + close;
	if (indent === undefined) return open + items.join(', ') + close;
	return open + inner + items.join(`,${inner}`) + newline + close;
}

function writeFloat(value: number): string {
	if (Number.isFinite(value)) return floatRepr(value);
	return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
	'"': '\\"',
	'\\': '\\\\',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\f': '\\f',
	'\b': '\\b',
};

/** Each UTF-16 unit alone, so an astral character becomes the surrogate pair Python writes. */
function quote(text: string): string {
	const escaped = text.replace(
		/[^ !#-[\]-~]/g,
		(unit) => SHORT_ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return `"${escaped}"`;
}
