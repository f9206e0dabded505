/**
 * Words of a POSIX shell: quoting them and reading a line back. It knows quotes, backslashes, comments
 * and continued lines; whatever would run, substitute or redirect is refused.
 */

/** A line that is more than words. */
export class ShellError extends Error {
	override readonly name = 'ShellError';
}

const PLAIN = /^[\w@%+=:,./-]+$/;

/** @returns the word as a shell needs it, quoted only where it must be */
export function shellQuote(word: string): string {
	return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

/**
 * The words of one command, quotes removed.
 * @throws ShellError for an open quote, a second command, and what a shell would replace or redirect
 */
export function shellWords(text: string): string[] {
	return new Reader(text).words();
}

/** Ends a word or does more; none of it belongs to a command that is only read. */
const OPERATORS = ';|&<>()';

class Reader {
	#at = 0;
	/** null between words */
	#word: string | null = null;
	readonly #words: string[] = [];

	constructor(private readonly text: string) {}

	words(): string[] {
		while (this.#at < this.text.length) this.#next();
		this.#end();
		return this.#words;
	}

	#next(): void {
		const character = this.text[this.#at++]!;
		if (character === "'") this.#add(this.#until("'"));
		else if (character === '"') this.#quoted();
		else if (character === '\\') this.#escaped();
		else if (' \t\r'.includes(character)) this.#end();
		else if (character === '\n') this.#line();
		else if (character === '#' && this.#word === null) this.#comment();
		else if (OPERATORS.includes(character)) throw goesOn(character);
		else this.#add(checked(character));
	}

	#add(text: string): void {
		this.#word = (this.#word ?? '') + text;
	}

	#end(): void {
		if (this.#word !== null) this.#words.push(this.#word);
		this.#word = null;
	}

	/** A line that is not continued ends the command. */
	#line(): void {
		this.#end();
		if (this.#words.length > 0 && this.text.slice(this.#at).trim() !== '')
			throw new ShellError('There is a second line: end the first with \\ when it goes on.');
	}

	#comment(): void {
		const end = this.text.indexOf('\n', this.#at);
		this.#at = end < 0 ? this.text.length : end;
	}

	#escaped(): void {
		const next = this.text[this.#at++];
		if (next === undefined) throw new ShellError('The line ends with \\, but nothing follows.');
		if (next === '\r' && this.text[this.#at] === '\n') this.#at++;
		else if (next !== '\n') this.#add(next);
	}

	#quoted(): void {
		let inside = '';
		for (;;) {
			const character = this.text[this.#at++];
			if (character === undefined) throw openQuote('"');
			if (character === '"') return this.#add(inside);
			if (character !== '\\') {
				inside += checked(character);
				continue;
			}
			const next = this.text[this.#at++];
			if (next === undefined) throw openQuote('"');
			if (next === '\n') continue;
			inside += '$`"\\'.includes(next) ? next : `\\${next}`;
		}
	}

	#until(quote: string): string {
		const end = this.text.indexOf(quote, this.#at);
		if (end < 0) throw openQuote(quote);
		const inside = this.text.slice(this.#at, end);
		this.#at = end + 1;
		return inside;
	}
}

function checked(character: string): string {
	if (character !== '$' && character !== '`') return character;
	throw new ShellError(
		`A shell would replace what follows ${character}: put the value itself in its place.`,
	);
}

function openQuote(quote: string): ShellError {
	return new ShellError(`A quote is open: there is no second ${quote}.`);
}

function goesOn(character: string): ShellError {
	return new ShellError(`There is more than one command here: it goes on after ${character}`);
}
