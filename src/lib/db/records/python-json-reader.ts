/** The reading half of `python-json.ts`: one pass by character codes, since files hold millions. */
import type { PyDict, PyValue } from './python-text';

/** A text that Python's JSON reader refuses; `offset` counts UTF-16 units from 0. */
export class PythonJsonError extends Error {
	override readonly name = 'PythonJsonError';

	constructor(
		problem: string,
		readonly offset: number,
		readonly line: number,
		readonly column: number,
	) {
		super(`${problem} at line ${line} column ${column}`);
	}
}

/** What reading may be told. */
export interface ParseOptions {
	/** Called for each repeated key of an object; the last value counts, at the first place. */
	onRepeatedKey?: (key: string, offset: number) => void;
	/** Deepest allowed nesting of lists and objects (default 100). */
	maxDepth?: number;
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const TOKENS: readonly (readonly [string, PyValue])[] = [
	['true', true],
	['false', false],
	['null', null],
	['NaN', NaN],
	['Infinity', Infinity],
	['-Infinity', -Infinity],
];

const ESCAPES: Readonly<Record<string, string>> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

/** Whole numbers of up to this many characters are exact doubles, from which BigInt is fast. */
const EXACT_DIGITS = 15;

/** One pass over one text; `at` is the next unread position. */
export class PythonJsonReader {
	private at = 0;
	private depth = 0;
	private readonly maxDepth: number;
	private readonly onRepeatedKey: ParseOptions['onRepeatedKey'];

	constructor(
		private readonly text: string,
		options: ParseOptions,
	) {
		this.maxDepth = options.maxDepth ?? 100;
		this.onRepeatedKey = options.onRepeatedKey;
	}

	/** The value that the whole text is. @throws PythonJsonError */
	document(): PyValue {
		this.skipSpace();
		const value = this.value();
		this.skipSpace();
		if (this.at < this.text.length) this.fail('unexpected text after the value', this.at);
		return value;
	}

	private value(): PyValue {
		const code = this.text.charCodeAt(this.at);
		if (code === QUOTE) return this.string();
		if (code === OPEN_OBJECT) return this.object();
		if (code === OPEN_LIST) return this.list();
		if (isDigit(code) || (code === MINUS && isDigit(this.text.charCodeAt(this.at + 1)))) {
			return this.number();
		}
		for (const [token, value] of TOKENS) {
			if (!this.text.startsWith(token, this.at)) continue;
			this.at += token.length;
			return value;
		}
		return this.fail('expected a value', this.at);
	}

	private object(): PyDict {
		const result: PyDict = new Map();
		this.open();
		if (this.closes(CLOSE_OBJECT)) return result;
		for (;;) {
			const start = this.at;
			if (this.text.charCodeAt(start) !== QUOTE)
				this.fail('expected a key in double quotes', start);
			const key = this.string();
			if (this.onRepeatedKey && result.has(key)) this.onRepeatedKey(key, start);
			this.skipSpace();
			if (this.text.charCodeAt(this.at) !== COLON) this.fail("expected ':'", this.at);
			this.at++;
			this.skipSpace();
			result.set(key, this.value());
			this.skipSpace();
			if (this.closes(CLOSE_OBJECT)) return result;
			this.comma('}');
		}
	}

	private list(): PyValue[] {
		const result: PyValue[] = [];
		this.open();
		if (this.closes(CLOSE_LIST)) return result;
		for (;;) {
			result.push(this.value());
			this.skipSpace();
			if (this.closes(CLOSE_LIST)) return result;
			this.comma(']');
		}
	}

	private open(): void {
		if (++this.depth > this.maxDepth) {
			this.fail(`nested deeper than ${this.maxDepth} levels`, this.at);
		}
		this.at++;
		this.skipSpace();
	}

	private closes(bracket: number): boolean {
		if (this.text.charCodeAt(this.at) !== bracket) return false;
		this.at++;
		this.depth--;
		return true;
	}

	private comma(bracket: string): void {
		if (this.text.charCodeAt(this.at) !== COMMA) this.fail(`expected ',' or '${bracket}'`, this.at);
		this.at++;
		this.skipSpace();
	}

	private number(): bigint | number {
		const { text } = this;
		const start = this.at;
		let at = start;
		if (text.charCodeAt(at) === MINUS) at++;
		at = text.charCodeAt(at) === ZERO ? at + 1 : afterDigits(text, at);
		let isFloat = false;
		if (text.charCodeAt(at) === POINT && isDigit(text.charCodeAt(at + 1))) {
			isFloat = true;
			at = afterDigits(text, at + 1);
		}
		// 69 and 101 are E and e.
		if (text.charCodeAt(at) === 101 || text.charCodeAt(at) === 69) {
			const sign = text.charCodeAt(at + 1);
			const digits = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
			if (isDigit(text.charCodeAt(digits))) {
				isFloat = true;
				at = afterDigits(text, digits);
			}
		}
		this.at = at;
		const token = text.slice(start, at);
		if (isFloat) return Number(token);
		return token.length <= EXACT_DIGITS ? BigInt(Number(token)) : BigInt(token);
	}

	private string(): string {
		const { text } = this;
		let from = ++this.at;
		let result = '';
		for (;;) {
			const code = text.charCodeAt(this.at);
			if (code === QUOTE) {
				result += text.slice(from, this.at++);
				return result;
			}
			if (code === BACKSLASH) {
				result += text.slice(from, this.at) + this.escape();
				from = this.at;
			} else if (code >= SPACE) {
				this.at++;
			} else if (this.at >= text.length) {
				this.fail('text without a closing quote', this.at);
			} else {
				this.fail('control character inside a text', this.at);
			}
		}
	}

	private escape(): string {
		const { text, at } = this;
		const letter = text.charAt(at + 1);
		const simple = ESCAPES[letter];
		if (simple !== undefined) {
			this.at = at + 2;
			return simple;
		}
		const hex = text.slice(at + 2, at + 6);
		if (letter !== 'u') this.fail('unknown escape', at);
		if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail('expected four hex digits after \\u', at);
		this.at = at + 6;
		return String.fromCharCode(Number.parseInt(hex, 16));
	}

	private skipSpace(): void {
		for (;;) {
			const code = this.text.charCodeAt(this.at);
			if (code !== SPACE && code !== LINE_FEED && code !== TAB && code !== CARRIAGE_RETURN) return;
			this.at++;
		}
	}

	private fail(problem: string, offset: number): never {
		const before = this.text.slice(0, offset);
		const line = before.split('\n').length;
		throw new PythonJsonError(problem, offset, line, offset - before.lastIndexOf('\n'));
	}
}

function isDigit(code: number): boolean {
	return code >= ZERO && code <= NINE;
}

function afterDigits(text: string, at: number): number {
	while (isDigit(text.charCodeAt(at))) at++;
	return at;
}
