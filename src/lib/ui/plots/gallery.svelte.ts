/**
 * The pictures of the gallery: painted one after the other, visible ones first, for the newest filter
 * only. Old pictures stay, marked stale, until theirs comes.
 */
import { SvelteMap } from 'svelte/reactivity';
import { isAbort } from '$lib/db/client';
import { data } from '$lib/state/data.svelte';
import { panelError, type PanelError } from '$lib/state/resource.svelte';
import type { Filter } from '$lib/stats/filter';
import type { PlotId } from '$lib/stats/plots/ids';

/** CSS px of a card's picture. */
export const CARD = { width: 360, height: 220 } as const;
const PX_PER_INCH = 96;

export interface CardPicture {
	/** address of the picture; undefined where the plot is empty */
	readonly url?: string;
	readonly summary: string;
	readonly used: number;
	readonly empty?: string;
	readonly stale: boolean;
}

export class Gallery {
	readonly pictures = new SvelteMap<PlotId, CardPicture>();
	readonly errors = new SvelteMap<PlotId, PanelError>();
	/** cards that can be seen, or nearly */
	#near: readonly PlotId[] = [];
	#running = new AbortController();

	/** Paints all plots anew; what an earlier call still waits for is dropped. */
	async paint(ids: readonly PlotId[], filter: Filter, theme: 'light' | 'dark'): Promise<void> {
		this.stop();
		const { signal } = (this.#running = new AbortController());
		for (const [id, picture] of this.pictures) this.pictures.set(id, { ...picture, stale: true });
		this.errors.clear();
		const left = [...ids];
		while (left.length > 0 && !signal.aborted) {
			const next = left.find((id) => this.#near.includes(id)) ?? left[0];
			if (next === undefined) return;
			left.splice(left.indexOf(next), 1);
			await this.#paintOne(next, filter, theme, signal);
		}
	}

	/** Tells whether a card can be seen. */
	see(id: PlotId, near: boolean): void {
		const others = this.#near.filter((one) => one !== id);
		this.#near = near ? [...others, id] : others;
	}

	/** Drops what is waited for; pictures stay. */
	stop(): void {
		this.#running.abort();
	}

	/** Lets all pictures go. */
	close(): void {
		this.stop();
		for (const { url } of this.pictures.values()) if (url) URL.revokeObjectURL(url);
		this.pictures.clear();
	}

	async #paintOne(
		id: PlotId,
		filter: Filter,
		theme: 'light' | 'dark',
		signal: AbortSignal,
	): Promise<void> {
		const said = { sentence: '', link: '', source: '' };
		const size = { width: CARD.width / PX_PER_INCH, height: CARD.height / PX_PER_INCH };
		const dpi = Math.min(600, Math.round(PX_PER_INCH * devicePixelRatio));
		const picture = { format: 'png', ...size, dpi, ...said, bare: true } as const;
		try {
			const painted = await data.client.picture(
				{ filter, id, options: { theme }, picture },
				{ lane: 'gallery', signal },
			);
			if (!signal.aborted) this.#keep(id, painted);
		} catch (thrown) {
			if (!isAbort(thrown) && !signal.aborted) this.errors.set(id, panelError(thrown));
		}
	}

	#keep(
		id: PlotId,
		{ bytes, mediaType, summary, used, empty }: Awaited<ReturnType<typeof data.client.picture>>,
	): void {
		const old = this.pictures.get(id)?.url;
		const blob = new Blob([new Uint8Array(bytes)], { type: mediaType });
		const url = empty === undefined ? { url: URL.createObjectURL(blob) } : { empty };
		this.pictures.set(id, { ...url, summary, used, stale: false });
		if (old) URL.revokeObjectURL(old);
	}
}
