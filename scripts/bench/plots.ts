/**
 * Measures the plots and reports of the built site in one headless Chromium, all records of the default
 * snapshot: `npm run bench:plots -- [--repeats 5] [--reports 1] [--only NAME,…] [--build FOLDER]`.
 * `--only` takes plots, kinds of reports, `gallery` and `scatter`. It prints figures and asserts nothing.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { tableOf, type Figure } from './figures';
import { galleryFigure, plotFigures } from './plots-drawn';
import { reportFigures } from './plots-reports';
import { scatterFigures } from './plots-scatter';
import { newVisitor, openSite } from './site';
import { PLOT_IDS } from '../../src/lib/stats/plots/ids';
import { REPORT_KINDS } from '../../src/lib/stats/report/report';

const { values } = parseArgs({
	options: {
		repeats: { type: 'string', default: '5' },
		reports: { type: 'string', default: '1' },
		only: { type: 'string', default: '' },
		build: { type: 'string' },
	},
});
const repeats = wholeNumber('repeats');
const reports = wholeNumber('reports');
const only = values.only.split(',').filter(Boolean);
const known: readonly string[] = [...PLOT_IDS, ...REPORT_KINDS, 'gallery', 'scatter'];
const strange = only.find((name) => !known.includes(name));
if (strange !== undefined)
	throw new Error(`--only: there is no ${strange}; there are ${known.join(', ')}.`);
/** @returns the names that were asked for; none = all; undefined = nothing of this group */
const chosen = (group: readonly string[]) => {
	const names = only.filter((name) => group.includes(name));
	return only.length > 0 && names.length === 0 ? undefined : names;
};

function wholeNumber(name: 'repeats' | 'reports'): number {
	const value = Number(values[name]);
	if (Number.isInteger(value) && value >= 1) return value;
	throw new Error(`--${name} is "${values[name]}", but it is a whole number from 1.`);
}

const site = await openSite(values.build);
const load = () => (loadavg()[0] ?? NaN).toFixed(1);
const before = load();
try {
	const context = await newVisitor(site);
	const figures: Figure[] = [];
	const plots = chosen(PLOT_IDS);
	const kinds = chosen(REPORT_KINDS);
	if (plots) figures.push(...(await plotFigures(site, context, repeats, plots)));
	if (chosen(['gallery'])) figures.push(await galleryFigure(site, context, repeats));
	if (chosen(['scatter'])) figures.push(...(await scatterFigures(site, context, repeats)));
	if (kinds) figures.push(...(await reportFigures(site, context, reports, kinds)));
	await context.close();
	console.log(
		`Chromium ${site.browser.version()}, medians of ${repeats} (reports: of ${reports}), all on this machine.`,
	);
	console.log(`Load average before and after: ${before}, ${load()}`);
	console.log(tableOf(figures).join('\n'));
} finally {
	await site.close();
}
