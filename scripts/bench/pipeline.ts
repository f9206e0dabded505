/**
 * Measures how fast training data comes out of the browser's storage, what a checkpoint costs, and the
 * memory of one trial after another, in one headless Chromium:
 * `npm run bench:pipeline -- [--pictures 50000]`. It asserts nothing. The modules are served as they are
 * in the repository, because no page of the site has a use for the record-per-picture layout.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import type { PipelineFigures } from '../../src/lib/bench/pipeline';
import type { TrialsFigures } from '../../src/lib/bench/trials-worker';
import { chromiumArgs, findChromium } from '../chromium.mjs';

const { values } = parseArgs({ options: { pictures: { type: 'string', default: '50000' } } });
const pictures = Number(values.pictures);
if (!Number.isInteger(pictures) || pictures < 5_000)
	throw new Error(`--pictures is "${values.pictures}", but it is a whole number from 5000.`);

/** A page of its own, so that nothing else of the site runs. */
const PAGE = '<!doctype html><meta charset="utf-8"><title>Pipeline</title>';

async function measure(): Promise<readonly [PipelineFigures, TrialsFigures]> {
	const executablePath = findChromium();
	if (!executablePath) throw new Error('There is no Chromium here: set CHROMIUM_PATH to one.');
	const server = await createServer({ server: { port: 0 }, logLevel: 'error' });
	await server.listen();
	const address = server.resolvedUrls?.local[0];
	if (address === undefined) throw new Error('The server did not start.');
	// A profile on the disk: the storage of a private window is in memory.
	const profile = mkdtempSync(join(tmpdir(), 'lemur-pipeline-'));
	const browser = await chromium.launchPersistentContext(profile, {
		executablePath,
		args: chromiumArgs,
	});
	try {
		const page = await browser.newPage();
		await page.route(`${address}pipeline`, (route) =>
			route.fulfill({ contentType: 'text/html', body: PAGE }),
		);
		await page.goto(`${address}pipeline`);
		// As text: what tsx compiles names functions through a helper that a page does not have.
		const module = `import('/src/lib/bench/pipeline.ts')`;
		const batches = `${module}.then((m) => m.measurePipeline('${address}', ${pictures}))`;
		const trials = `${module}.then((m) => m.measureTrials('${address}'))`;
		return [
			await page.evaluate<PipelineFigures>(batches),
			await page.evaluate<TrialsFigures>(trials),
		];
	} finally {
		await browser.close();
		await server.close();
		rmSync(profile, { recursive: true });
	}
}

const mb = (value: number) => `${value.toFixed(0)} MB/s`;
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

/** Name, figure, what it should reach and whether it does. */
function rowsOf(figures: PipelineFigures): string[][] {
	const times = figures.readShards / figures.readRecords;
	const fast = figures.readShards >= 100 || times >= 8;
	return [
		['shards, read again', mb(figures.readShards), '≥ 100 MB/s or ≥ 8 ×', fast ? 'yes' : 'no'],
		['shards against records', `${times.toFixed(1)} ×`, '', ''],
		['shards, first read with checksums', mb(figures.readShardsFirst), '', ''],
		['shards, written', mb(figures.writeShards), '', ''],
		['records, read 64 at a time', mb(figures.readRecords), '', ''],
		['records, written', mb(figures.writeRecords), '', ''],
		...figures.batches.map(({ transform, pictures: count, megabytes }) => [
			`batches of 64, ${transform}`,
			`${count.toFixed(0)} pictures/s, ${mb(megabytes)}`,
			'',
			'',
		]),
		...figures.waits.map(({ transform, step, share }) => [
			`waiting for ${transform} at ${step} ms a step`,
			percent(share),
			'≤ 5.0 %',
			share <= 0.05 ? 'yes' : 'no',
		]),
	];
}

/** An epoch: 50,000 pictures in steps of 64, as CIFAR-10 has them. */
const STEPS = 782;

function trialRowsOf({ checkpoint, trials }: TrialsFigures): string[][] {
	const { parameters, megabytes, read, store, blocked, step } = checkpoint;
	const ms = (value: number) => `${value.toFixed(0)} ms`;
	const share = blocked / (STEPS * step);
	const least = blocked / 0.02;
	const ratios = trials.map(({ used, allocated }) => allocated / used);
	const worst = Math.max(...ratios);
	const [first, last] = [trials[1]?.allocated ?? NaN, trials.at(-1)?.allocated ?? NaN];
	const peaks = trials.map(({ peak }) => (peak / 1e6).toFixed(1));
	const size = `${(parameters / 1e6).toFixed(1)} M parameters`;
	return [
		[`checkpoint of ${size}, ${megabytes.toFixed(0)} MB`, ms(read + store), '', ''],
		['of it no step can be taken for', ms(blocked), '', ''],
		[
			`share of an epoch of ${STEPS} steps, ${ms(step)} each here`,
			percent(share),
			'≤ 2.0 %',
			share <= 0.02 ? 'yes' : 'no',
		],
		[
			'2 % of an epoch of',
			`${(least / 1000).toFixed(1)} s (steps of ${ms(least / STEPS)})`,
			'',
			'',
		],
		[
			`${trials.length} trials: allocated ÷ used after each`,
			`at most ${worst.toFixed(2)}`,
			'≤ 1.5',
			worst <= 1.5 ? 'yes' : 'no',
		],
		[
			'allocated after the 2nd and the last',
			`${first} and ${last} bytes`,
			'flat',
			last <= 1.05 * first ? 'yes' : 'no',
		],
		[
			'allocated at most, first, 10th, last trial',
			`${peaks[0]}, ${peaks[9]}, ${peaks.at(-1)} MB`,
			'',
			'',
		],
		[
			'tensors after the 2nd and the last',
			`${trials[1]?.tensors} and ${trials.at(-1)?.tensors}`,
			'equal',
			trials[1]?.tensors === trials.at(-1)?.tensors ? 'yes' : 'no',
		],
	];
}

const [figures, trials] = await measure();
const rows = [['figure', 'measured', 'reach', 'met?'], ...rowsOf(figures), ...trialRowsOf(trials)];
const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
console.log(
	`${pictures} pictures of 32 × 32 × 3: ${figures.megabytes.toFixed(1)} MB in ${figures.shards} shards.`,
);
for (const row of rows)
	console.log(
		row
			.map((cell, i) => cell.padEnd(widths[i] ?? 0))
			.join(' | ')
			.trimEnd(),
	);
console.log(`Load average now: ${(loadavg()[0] ?? NaN).toFixed(1)}.`);
