/** Texts with a number each, from 1 in the order of their first use. */
export class Dictionary {
	readonly #ids = new Map<string, number>();

	id(text: string): number {
		const known = this.#ids.get(text);
		if (known !== undefined) return known;
		this.#ids.set(text, this.#ids.size + 1);
		return this.#ids.size;
	}

	/** [id, text] in order of id */
	*rows(): Generator<[number, string]> {
		for (const [text, id] of this.#ids) yield [id, text];
	}
}
