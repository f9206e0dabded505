/** What the palette finds: nets, datasets, pages and actions, ranked by uFuzzy. No user interface. */
import uFuzzy from '@leeoniya/ufuzzy';

export interface PaletteItem {
	readonly kind: 'net' | 'dataset' | 'action' | 'recent' | 'view';
	readonly title: string;
	/** what to open: a net's name, a dataset, a command's id or a link */
	readonly target: string;
}

/** At most this many rows are rendered, however many match. */
export const SHOWN = 50;

const fuzzy = new uFuzzy({ intraMode: 0 });

/** Ranks items by title; built once per list, since the titles of 10,000 nets are one big haystack. */
export class PaletteIndex {
	readonly #items: readonly PaletteItem[];
	readonly #titles: string[];

	constructor(items: readonly PaletteItem[]) {
		this.#items = items;
		this.#titles = items.map((item) => item.title);
	}

	/**
	 * @param query terms separated by blanks, all of which must occur
	 * @returns the best `SHOWN` items and how many match in all; without a query the first items
	 */
	find(query: string): { items: readonly PaletteItem[]; total: number } {
		if (query.trim() === '') {
			return { items: this.#items.slice(0, SHOWN), total: this.#items.length };
		}
		const ids = fuzzy.filter(this.#titles, query.trim()) ?? [];
		const ranked = ids.length > 1000 ? ids : this.#rank(ids, query.trim());
		const items = ranked.slice(0, SHOWN).flatMap((id) => this.#items[id] ?? []);
		return { items, total: ids.length };
	}

	#rank(ids: readonly number[], query: string): number[] {
		const info = fuzzy.info([...ids], this.#titles, query);
		return fuzzy.sort(info, this.#titles, query).flatMap((order) => info.idx[order] ?? []);
	}
}
