/** A reading position in a text that we printed ourselves; blanks between tokens do not matter. */

/** Raised (and caught) inside the readers of this folder: the text is not one of our prints. */
export class NotOurs extends Error {
	override readonly name = 'NotOurs';
}

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/y;
const MAX_DEPTH = 12;

/** Reads tokens from left to right; `eat` tries, `expect` insists. */
export class Cursor {
	#at = 0;
	#depth = 0;

	constructor(readonly text: string) {}

	/** @returns whether the tokens (separated by blanks in `phrase`) stand here; if so, steps over them */
	eat(phrase: string): boolean {
		let at = this.#at;
		for (const token of phrase.split(' ')) {
			at = this.#skipBlanks(at);
			if (!this.text.startsWith(token, at)) return false;
			at += token.length;
		}
		this.#at = at;
		return true;
	}

	/** @throws NotOurs when the tokens do not stand here */
	expect(phrase: string): void {
		if (!this.eat(phrase)) throw new NotOurs(`Expected ${phrase} at ${this.#at}.`);
	}

	/** The match of a sticky pattern here. @throws NotOurs when there is none */
	match(sticky: RegExp): RegExpExecArray {
		this.#at = this.#skipBlanks(this.#at);
		sticky.lastIndex = this.#at;
		const found = sticky.exec(this.text);
		if (!found) throw new NotOurs(`Expected ${sticky.source} at ${this.#at}.`);
		this.#at = sticky.lastIndex;
		return found;
	}

	/** A decimal number; `-0.0` is −0. */
	number(): number {
		const value = Number(this.match(NUMBER)[0]);
		if (!Number.isFinite(value)) throw new NotOurs('Not a finite number.');
		return value;
	}

	/** Whether a number stands here. */
	atNumber(): boolean {
		return /[-\d]/.test(this.text[this.#skipBlanks(this.#at)] ?? '');
	}

	/** Items separated by `separator` up to `close`, which is stepped over. */
	list<T>(item: () => T, close: string, separator = ','): T[] {
		const items: T[] = [];
		if (this.eat(close)) return items;
		do items.push(item());
		while (this.eat(separator));
		this.expect(close);
		return items;
	}

	/** Runs a reader one level deeper. @throws NotOurs when the text nests too deeply */
	nest<T>(read: () => T): T {
		if (++this.#depth > MAX_DEPTH) throw new NotOurs('Nested too deeply.');
		const value = read();
		this.#depth--;
		return value;
	}

	/** @throws NotOurs unless only blanks are left */
	end(): void {
		if (this.#skipBlanks(this.#at) < this.text.length) throw new NotOurs('More text follows.');
	}

	#skipBlanks(from: number): number {
		let at = from;
		while (' \n\r\t'.includes(this.text[at] ?? '!')) at++;
		return at;
	}
}
