/** A scatter of every record: this site's, beside Plotly's own `scattergl` of 500,000 of the points. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from '@playwright/test';
import type { Figure } from './figures';
import { median } from './numbers';
import { plotHash, PLOT_SIGNS, timePlot } from './plots-drawn';
import { openPage, type Site } from './site';

const POINTS = 500_000;
const RATIO = 0.3;
/** every record has an epoch, and in this mode all metrics are on one axis */
const OURS = ['rows-epoch', 'plotMode=lemur'] as const;

/** Served from the site's own origin, as its content policy wants it; not part of the site. */
const BUNDLE = '/bench-plotly.js';

export async function scatterFigures(
	site: Site,
	context: BrowserContext,
	repeats: number,
): Promise<Figure[]> {
	const [id, mode] = OURS;
	const page = await openPage(context, `${site.address}plots/${plotHash(id, mode)}`);
	await page.locator(PLOT_SIGNS.drawn).waitFor();
	const ours = (await timePlot(page, id, repeats, mode)).map(({ painted }) => painted);
	const theirs = await timeScatterGl(page, repeats);
	await page.close();
	return [
		{ name: 'scatter of all records: filter to drawn', unit: 'ms', repeats: ours },
		{ name: `Plotly scattergl of ${POINTS.toLocaleString('en-US')}`, unit: 'ms', repeats: theirs },
		{
			name: '  ours as a share of that',
			unit: '×',
			repeats: [median(ours) / median(theirs)],
			reach: RATIO,
		},
	];
}

/** @returns ms from the call to the painted frame; nothing where the browser has no WebGL */
async function timeScatterGl(page: Page, repeats: number): Promise<number[]> {
	const file = createRequire(import.meta.url).resolve('plotly.js-strict-dist-min');
	const body = await readFile(file, 'utf8');
	await page.route(`**${BUNDLE}`, (route) =>
		route.fulfill({ contentType: 'text/javascript', body }),
	);
	// A script element would need a policy of its own; a module of the same origin does not.
	await page.evaluate(async (url) => void (await import(url)), BUNDLE);
	const { webgl, times } = await page.evaluate(drawGl, { points: POINTS, repeats });
	if (!webgl) console.error('There is no WebGL in this browser: scattergl draws nothing.');
	return webgl ? times : [];
}

interface PlotlyGlobal {
	readonly newPlot: (
		element: HTMLElement,
		data: unknown[],
		layout: unknown,
		config: unknown,
	) => Promise<unknown>;
	readonly purge: (element: HTMLElement) => void;
}

/** Runs in the page. */
async function drawGl({
	points,
	repeats,
}: {
	readonly points: number;
	readonly repeats: number;
}): Promise<{ webgl: boolean; times: number[] }> {
	if (!document.createElement('canvas').getContext('webgl')) return { webgl: false, times: [] };
	const { Plotly } = globalThis as unknown as { Plotly: PlotlyGlobal }; // the script defines it
	const { rows } = await lemur.sql('SELECT epoch, accuracy FROM stat', [], {
		limit: points,
		timeout: 60_000,
	});
	const x = Float64Array.from(rows, ([epoch]) => Number(epoch));
	const y = Float64Array.from(rows, ([, accuracy]) => Number(accuracy));
	const element = document.createElement('div');
	element.style.cssText = 'position:fixed;inset:0;width:960px;height:640px;z-index:9';
	document.body.append(element);
	const times: number[] = [];
	for (let i = 0; i <= repeats; i++) {
		const start = performance.now();
		const trace = { type: 'scattergl', mode: 'markers', x, y };
		const size = { width: 960, height: 640 };
		// Its buttons are made of HTML text, which the site's policy forbids.
		await Plotly.newPlot(element, [trace], size, { displayModeBar: false });
		await new Promise((resolve) =>
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = resolve;
				port2.postMessage(null);
			}),
		);
		// The first one compiles shaders.
		if (i > 0) times.push(performance.now() - start);
		Plotly.purge(element);
	}
	element.remove();
	return { webgl: true, times };
}
