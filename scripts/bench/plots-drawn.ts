/** Every plot and the gallery at all records: from the change of the filter to the painted frame. */
import type { BrowserContext, Page } from '@playwright/test';
import { PLOT_IDS, type PlotId } from '../../src/lib/stats/plots/ids';
import type { Figure } from './figures';
import { openPage, untilQuiet, type Site } from './site';
import { mainThreadClock, timeHash, type Drawn, type Signs } from './plots-probe';

const PLOT_MS = 300;
const GALLERY_MS = 5_000;

/** An empty figure has no chart. */
export const PLOT_SIGNS: Signs = {
	busy: 'section.panel[aria-busy=true], [role=application][data-drawn=false]',
	drawn: '[role=application][data-drawn=true], section.panel[data-state=empty]',
};
const GALLERY_SIGNS: Signs = {
	busy: 'a.card.stale, a.card[aria-busy=true]',
	drawn: 'a.card',
};

/** The address of a plot; @param rest further keys, joined by & */
export function plotHash(id: PlotId | undefined, rest = ''): string {
	return `#${['v=1', id ? `plot=${id}` : '', rest, 'z=1'].filter(Boolean).join('&')}`;
}

/** another filter, from which all records are gone back to */
const OTHER = 'dataset=mnist';

/** @returns a change from another filter to all records, `repeats` times */
export async function timePlot(
	page: Page,
	id: PlotId | undefined,
	repeats: number,
	rest = '',
): Promise<Drawn[]> {
	const signs = id ? PLOT_SIGNS : GALLERY_SIGNS;
	const join = (...keys: string[]) => keys.filter(Boolean).join('&');
	await page.evaluate((hash) => (location.hash = hash), plotHash(id, join(OTHER, rest)));
	await page.locator(signs.drawn).first().waitFor();
	const gone = (selector: string) =>
		page.waitForFunction((one) => document.querySelector(one) === null, selector);
	const clock = await mainThreadClock(page);
	const times: Drawn[] = [];
	// The first change is not counted: what is computed once for a snapshot is kept.
	for (let i = 0; i <= repeats; i++) {
		await gone(signs.busy);
		const time = await timeHash(page, plotHash(id, rest), signs, clock);
		if (i > 0) times.push(time);
		await timeHash(page, plotHash(id, join(OTHER, rest)), signs, clock);
	}
	return times;
}

/** @param only names of plots; all where there are none */
export async function plotFigures(
	site: Site,
	context: BrowserContext,
	repeats: number,
	only: readonly string[],
): Promise<Figure[]> {
	const ids = PLOT_IDS.filter((id) => only.length === 0 || only.includes(id));
	const page = await openPage(context, `${site.address}plots/${plotHash('mean-std')}`);
	await page.locator(PLOT_SIGNS.drawn).waitFor();
	await untilQuiet(page);
	const figures: Figure[] = [];
	for (const id of ids) {
		const times = await timePlot(page, id, repeats);
		figures.push(
			{
				name: `${id}: filter to drawn`,
				unit: 'ms',
				repeats: times.map(({ painted }) => painted),
				reach: PLOT_MS,
			},
			{
				name: '  of it until the worker’s answer',
				unit: 'ms',
				repeats: times.map(({ worker }) => worker.get('plot') ?? NaN),
			},
			{
				name: '  processor time of the main thread',
				unit: 'ms',
				repeats: times.map(({ main }) => main),
			},
		);
		console.error(`${id}: ${times.map(({ painted }) => painted.toFixed(0)).join(' ')} ms`);
	}
	await page.close();
	return figures;
}

/** Until the picture of every plot has been made anew. */
export async function galleryFigure(
	site: Site,
	context: BrowserContext,
	repeats: number,
): Promise<Figure> {
	const page = await openPage(context, `${site.address}plots/${plotHash(undefined)}`);
	await page.locator(GALLERY_SIGNS.drawn).first().waitFor();
	const times = await timePlot(page, undefined, repeats);
	await page.close();
	console.error(`gallery: ${times.map(({ painted }) => painted.toFixed(0)).join(' ')} ms`);
	return {
		name: 'whole gallery: filter to last picture',
		unit: 'ms',
		repeats: times.map(({ painted }) => painted),
		reach: GALLERY_MS,
	};
}
