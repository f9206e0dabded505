/**
 * Measures the built site in one headless Chromium and prints a table of the figures that it should
 * reach: `npm run bench:explore -- [--repeats 5] [--build FOLDER] [--detail]`. It asserts nothing.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { shellSizes } from '../size.mjs';
import { tableOf } from './figures';
import { figuresOf, slowest } from './report';
import { readShipped } from './shipped';
import { openSite } from './site';
import { runOnce, type Run } from './once';

const { values } = parseArgs({
	options: {
		repeats: { type: 'string', default: '5' },
		build: { type: 'string' },
		detail: { type: 'boolean', default: false },
	},
});
const repeats = Number(values.repeats);
if (!Number.isInteger(repeats) || repeats < 1)
	throw new Error(`--repeats is "${values.repeats}", but it is a whole number from 1.`);

const shipped = await readShipped();
const site = await openSite(values.build);
const runs: Run[] = [];
const loads: number[] = [];
try {
	for (let i = 0; i < repeats; i++) {
		const start = performance.now();
		runs.push(await runOnce(site, shipped));
		loads.push(loadavg()[0] ?? NaN);
		const seconds = ((performance.now() - start) / 1000).toFixed(0);
		console.error(`repeat ${i + 1} of ${repeats}: ${seconds} s`);
	}
	const shell = Math.max(...shellSizes(site.root).map(({ bytes }) => bytes));
	console.log(`Chromium ${site.browser.version()}, ${repeats} repeats, all on this machine.`);
	console.log(`Load average per repeat: ${loads.map((load) => load.toFixed(1)).join(', ')}`);
	console.log(tableOf(figuresOf(shell, runs)).join('\n'));
	if (values.detail) console.log(slowest(runs).join('\n'));
} finally {
	await site.close();
}
