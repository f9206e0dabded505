/**
 * Measures the page of a study with many trials in a real browser and prints what it should reach:
 * `npm run bench:hpo-page -- [--trials 10000] [--repeats 20] [--plots history,edf]`. It asserts nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { categorical, float } from '../../src/lib/hpo/distributions';
import { writeStudyFile } from '../../src/lib/hpo/exchange/study-file';
import { STUDY_PLOT_IDS, type StudyPlotId } from '../../src/lib/hpo/plots/plot';
import { streamOf } from '../../src/lib/hpo/random';
import { suggestRandom } from '../../src/lib/hpo/samplers/random';
import { spaceOf } from '../../src/lib/hpo/space';
import { defineStudy } from '../../src/lib/hpo/study/definition';
import type { StudyEvent } from '../../src/lib/hpo/study/events';
import { tableOf, type Figure } from './figures';
import { PLOT_SIGNS } from './plots-drawn';
import { mainThreadClock, timeHash } from './plots-probe';
import { newVisitor, openPage, openSite } from './site';

const { values } = parseArgs({
	options: {
		trials: { type: 'string', default: '10000' },
		repeats: { type: 'string', default: '20' },
		plots: { type: 'string', default: STUDY_PLOT_IDS.join() },
	},
});
const trials = Number(values.trials);
const repeats = Number(values.repeats);
const plots = values.plots.split(',').flatMap((name) => STUDY_PLOT_IDS.filter((id) => id === name));
const FILTER_MS = 100;

/** Filters that a visitor goes to and fro between; all plots and the table follow. */
const LOOKS = [{ states: ['COMPLETE'] }, { states: ['PRUNED'] }, { text: 'norm' }, {}] as const;

const space = spaceOf({
	lr: float(1e-5, 1, { log: true }),
	momentum: float(0, 1),
	dropout: float(0, 0.5),
	batch: categorical([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]),
	transform: categorical(['norm_128', 'echo_64', 'norm_256_flip']),
});

/** Random trials of five epochs; one in ten is pruned. */
function* eventsOf(): Iterable<StudyEvent> {
	const random = streamOf(1, 'values');
	for (let trial = 0; trial < trials; trial++) {
		const at = 1_700_000_000_000 + trial * 1_000;
		const value = random();
		const pruned = trial % 10 === 9;
		yield {
			...{ type: 'add', at, trial, space: 0, inputs: suggestRandom({ space, seed: 1, trial }) },
			...{ state: pruned ? 'PRUNED' : 'COMPLETE', values: [value] },
			intermediate: [1, 2, 3, 4, 5].map((step): [number, number] => [step, (value * step) / 5]),
			...{ start: at, end: at + 900, origin: 'import', reason: null },
		};
	}
}

function studyFile(folder: string): string {
	const definition = defineStudy({
		...{ name: `${trials} trials`, directions: ['maximize'], space, seed: 1 },
		...{ sampler: { id: 'random' }, pruner: { id: 'none' } },
		objective: { id: 'none', settings: {} },
	});
	const path = join(folder, 'many.study.jsonl');
	writeFileSync(path, [...writeStudyFile(definition, eventsOf())].join(''));
	return path;
}

const hashOf = (look: object) => `#v=1&look=${encodeURIComponent(JSON.stringify(look))}&z=1`;

async function plotFigures(page: Page, plot: StudyPlotId): Promise<Figure[]> {
	const clock = await mainThreadClock(page);
	const all: number[] = [];
	const mains: number[] = [];
	const answers: number[] = [];
	// The first round is not counted: it loads code and fills caches.
	for (let i = -LOOKS.length; i < repeats; i++) {
		const look = LOOKS[(i + LOOKS.length) % LOOKS.length] ?? {};
		const { painted, main, worker } = await timeHash(
			page,
			hashOf({ ...look, plot }),
			PLOT_SIGNS,
			clock,
		);
		if (i < 0) continue;
		all.push(painted);
		mains.push(main);
		answers.push(Math.max(0, ...worker.values()));
	}
	const of = `change of the filter, ${plot}`;
	return [
		{ name: `${of}: table and plot painted`, unit: 'ms', repeats: all, all, reach: FILTER_MS },
		{ name: `${of}: the worker's last answer`, unit: 'ms', repeats: answers, all: answers },
		{ name: `${of}: main thread's own`, unit: 'ms', repeats: mains, all: mains },
	];
}

const folder = mkdtempSync(join(tmpdir(), 'lemur-study-'));
const site = await openSite();
try {
	const context = await newVisitor(site);
	const page = await openPage(context, `${site.address}studies/`);
	const begun = performance.now();
	await page.locator('input[type=file]').setInputFiles(studyFile(folder));
	const link = page.getByRole('link', { name: `${trials} trials` }).first();
	await link.waitFor({ timeout: 120_000 });
	const imported = performance.now() - begun;
	const opening = performance.now();
	await link.click();
	await page.locator('[data-drawn=true]').waitFor({ timeout: 60_000 });
	const opened = performance.now() - opening;
	const figures: Figure[] = [
		{ name: 'import of the study file', unit: 'ms', repeats: [imported] },
		{ name: 'opening its page', unit: 'ms', repeats: [opened] },
	];
	for (const plot of plots) figures.push(...(await plotFigures(page, plot)));
	console.log(
		`Node ${process.version}, ${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}; ${trials.toLocaleString('en')} trials of 5 hyperparameters.`,
	);
	console.log(tableOf(figures).join('\n'));
} finally {
	await site.close();
	rmSync(folder, { recursive: true });
}
