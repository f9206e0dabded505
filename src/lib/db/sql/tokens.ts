/**
 * Cuts SQL into SQLite's tokens, as far as the gate and error marks need it. Not a parser: it knows
 * strings, names, comments and semicolons, and where each begins.
 */

/** Half-open range in UTF-16 code units; `text` is unquoted for `quoted` and `string`. */
export interface Token {
	readonly kind: 'word' | 'quoted' | 'string' | 'parameter' | 'number' | 'symbol';
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

// SQLite's white space: no \v, no Unicode spaces; a byte order mark counts. An open comment runs on.
const SKIP = /(?:[ \t\n\f\r\ufeff]+|--[^\n]*|\/\*(?=[^])(?:[^]*?\*\/|[^]*$))/y;

const RULES: readonly (readonly [Token['kind'], RegExp])[] = [
	['string', /'(?:[^']|'')*(?:'|$)/y],
	['quoted', /"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)/y],
	['parameter', /\?\d*|[:@$#][\w$\u0080-\uffff]+/y],
	['number', /(?:\d[\w.]*|\.\d\w*)/y],
	['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
	['symbol', /[^]/y],
];

function unquote(text: string): string {
	const open = text[0] ?? '';
	const close = open === '[' ? ']' : open;
	const inner = text.length > 1 && text.endsWith(close) ? text.slice(1, -1) : text.slice(1);
	return open === '[' ? inner : inner.replaceAll(close + close, close);
}

/** The end of the white space and comments that begin at `at`. */
function skip(sql: string, at: number): number {
	for (;;) {
		SKIP.lastIndex = at;
		const match = SKIP.exec(sql);
		if (!match) return at;
		at += match[0].length;
	}
}

function tokenAt(sql: string, start: number): Token {
	for (const [kind, rule] of RULES) {
		rule.lastIndex = start;
		const match = rule.exec(sql);
		if (!match) continue;
		const raw = match[0];
		const text = kind === 'string' || kind === 'quoted' ? unquote(raw) : raw;
		return { kind, text, start, end: start + raw.length };
	}
	throw new RangeError('There is no token behind the end of the text.');
}

/** All tokens, without white space and comments. Never throws; what is no token is a symbol. */
export function tokenize(sql: string): Token[] {
	const tokens: Token[] = [];
	for (let at = skip(sql, 0); at < sql.length; at = skip(sql, at)) {
		const token = tokenAt(sql, at);
		tokens.push(token);
		at = token.end;
	}
	return tokens;
}
