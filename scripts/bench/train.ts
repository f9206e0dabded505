/**
 * Trains small nets with this library, stock tfjs and jax-js on the built site's /bench in one headless
 * Chromium, and prints the tables with the figures that ours should reach:
 * `npm run bench:train -- [--models lenet,resnet-8] [--libraries ours,stock] [--length short] [--build FOLDER]`.
 * It asserts nothing.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { MODEL_IDS, modelOf } from '../../src/lib/bench/models';
import { STRATEGIES, STRATEGY_IDS } from '../../src/lib/bench/strategies';
import { openSite, type Site } from './site';

const { values } = parseArgs({
	options: {
		models: { type: 'string', default: MODEL_IDS.join() },
		libraries: { type: 'string', default: STRATEGY_IDS.join() },
		length: { type: 'string', default: 'usual' },
		build: { type: 'string' },
	},
});
const HOUR = 3_600_000;

/** @throws Error naming what there is */
function chosen<Id extends string>(text: string, known: readonly Id[], what: string): Set<Id> {
	const names = text.split(',');
	const unknown = names.find((name) => !known.some((id) => id === name));
	if (unknown !== undefined)
		throw new Error(`There is no ${what} "${unknown}", but ${known.join(', ')}.`);
	return new Set(known.filter((id) => names.includes(id)));
}

async function run({ browser, address }: Site): Promise<string> {
	const models = chosen(values.models, MODEL_IDS, 'net');
	const libraries = chosen(values.libraries, STRATEGY_IDS, 'library');
	const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
	const page = await context.newPage();
	page.on('pageerror', (error) => console.error(`page: ${error.message}`));
	await page.goto(`${address}bench/`);
	const tick = (name: string, on: boolean) =>
		page.getByRole('checkbox', { name, exact: false }).setChecked(on);
	for (const id of MODEL_IDS) await tick(modelOf(id).title, models.has(id));
	for (const id of STRATEGY_IDS) await tick(STRATEGIES[id].title, libraries.has(id));
	await page.getByRole('radio', { name: new RegExp(`^${values.length}`, 'i') }).check();
	await page.getByRole('button', { name: 'Run the benchmark' }).click();
	await page.getByRole('button', { name: 'Run the benchmark' }).waitFor({ timeout: HOUR });
	await page.getByRole('button', { name: 'Copy as Markdown' }).click();
	return page.evaluate(() => navigator.clipboard.readText());
}

const site = await openSite(values.build);
try {
	console.log(await run(site));
	console.log(`Load average now: ${(loadavg()[0] ?? NaN).toFixed(1)}.`);
} finally {
	await site.close();
}
