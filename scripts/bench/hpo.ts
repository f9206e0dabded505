/**
 * Measures the search for hyperparameters and prints a table of what it should reach:
 * `npm run bench:hpo -- [--studies 1000] [--workers N] [--python PYTHON]`. With a Python that has
 * Optuna, its own times for the same suggestions stand beside ours. It asserts nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import initSqlJs from 'sql.js';
import { build } from 'vite';
import { buildColumns } from '../../src/lib/db/mirror';
import { categorical, float, int } from '../../src/lib/hpo/distributions';
import { streamOf } from '../../src/lib/hpo/random';
import { replayTable, type ReplayTable } from '../../src/lib/hpo/replay/table';
import { suggestRandom } from '../../src/lib/hpo/samplers/random';
import { spaceOf, type Space } from '../../src/lib/hpo/space';
import type { StudyEvent } from '../../src/lib/hpo/study/events';
import { Study } from '../../src/lib/hpo/study/study';
import { memoryStudies, testDefinition } from '../../src/lib/hpo/study/testing';
import { tpeSampler } from '../../src/lib/hpo/tpe/sampler';
import { TPE_PRESETS, type TpePresetId } from '../../src/lib/hpo/tpe/presets';
import type { History, Trial } from '../../src/lib/hpo/trial';
import { ALL_TRIALS, type TrialFilter } from '../../src/lib/hpo/worker/filter';
import { figureOf, windowOf } from '../../src/lib/hpo/worker/views';
import { dataRows } from '../../src/lib/stats/data-api';
import { snapshotBytes } from '../snapshot';
import { tableOf, type Figure } from './figures';
import { median } from './numbers';

const { values } = parseArgs({
	options: {
		studies: { type: 'string', default: '1000' },
		workers: { type: 'string', default: String(availableParallelism()) },
		python: { type: 'string', default: process.env['OPTUNA_PYTHON'] ?? 'python3' },
	},
});
const studies = Number(values.studies);
const workers = Number(values.workers);

const REPEATS = 31;
const TRIALS = 100;
const CONFIG = {
	task: 'img-classification',
	dataset: 'cifar-10',
	metric: 'acc',
	nn: 'AlexNet',
} as const;

const lemur = spaceOf({
	lr: float(1e-5, 1, { log: true }),
	momentum: float(0, 1),
	dropout: float(0, 0.5),
	batch: categorical(Array.from({ length: 13 }, (_, i) => 2 ** i)),
	transform: categorical(['t0', 't1', 't2', 't3', 't4', 't5']),
});

/** Steps and whole numbers, which are masses of a grid and not densities. */
const stepped = spaceOf({
	lr: float(1e-5, 1, { log: true }),
	layers: int(1, 100),
	width: int(1, 1_000, { log: true }),
	dropout: float(0, 1, { step: 0.05 }),
	norm: categorical(['batch', 'layer']),
});

/** Random trials of a space with random values: every kernel is needed. */
function historyOf(count: number, space: Space): History {
	const random = streamOf(1, 'values');
	const trials = Array.from({ length: count }, (_, trial): Trial => ({
		number: trial,
		state: 'COMPLETE',
		space,
		inputs: suggestRandom({ space, seed: 1, trial }),
		values: [random()],
		intermediate: new Map(),
		start: null,
		end: null,
	}));
	return { directions: ['maximize'], trials };
}

function suggestionFigures(optuna: ReadonlyMap<string, number>): Figure[] {
	return [1_000, 10_000].flatMap((count) =>
		Object.values(TPE_PRESETS).flatMap(({ id }) => [
			suggestionFigure(count, id, 'LEMUR’s', lemur, optuna.get(`${count} ${id}`)),
			suggestionFigure(count, id, 'stepped', stepped, undefined),
		]),
	);
}

function suggestionFigure(
	count: number,
	preset: TpePresetId,
	title: string,
	space: Space,
	optuna: number | undefined,
): Figure {
	const history = historyOf(count, space);
	const sampler = tpeSampler({ preset });
	const suggest = (seed: number) =>
		sampler.suggest({ history, space, trial: history.trials.length, seed });
	for (let seed = 0; seed < 10; seed++) suggest(seed);
	const beside = optuna === undefined ? '' : `; Optuna 4.5: ${optuna.toFixed(1)} ms`;
	return {
		name: `TPE ${preset}, 5 parameters (${title}), ${count.toLocaleString('en')} trials${beside}`,
		unit: 'ms',
		repeats: timed(REPEATS, suggest),
		reach: count === 1_000 ? 5 : 50,
	};
}

/** @returns ms of each call */
function timed(repeats: number, work: (repeat: number) => unknown): number[] {
	return Array.from({ length: repeats }, (_, repeat) => {
		const start = performance.now();
		work(repeat);
		return performance.now() - start;
	});
}

/** What the study worker does when a filter of a large study changes, and how long one takes to open. */
async function studyFigures(): Promise<Figure[]> {
	const { definition, study } = await studyOf(10_000);
	const params = { id: '', sort: { by: 'value', descending: true }, start: 0, count: 100 } as const;
	const filters: readonly Partial<TrialFilter>[] = [
		{ states: ['COMPLETE'] },
		{ improving: true },
		{ text: '0.5' },
		{},
	];
	const change = (repeat: number) => {
		const filter = { ...ALL_TRIALS, ...filters[repeat % filters.length] };
		windowOf(study, { ...params, filter });
		for (const plot of ['history', 'slice'] as const)
			figureOf([study], { plot, filter, options: {} });
	};
	const large = await studyOf(100_000);
	const studies = memoryStudies();
	const { id } = await studies.create(definition, large.events);
	const start = performance.now();
	await studies.open(id);
	const name = 'filter change at 10,000 trials: table, history, slice (in Node, without drawing)';
	return [
		{ name, unit: 'ms', repeats: timed(REPEATS, change), reach: 100 },
		{ name: 'opening 100,000 trials', unit: 'ms', repeats: [performance.now() - start] },
	];
}

/** A study of random trials that have all ended. */
async function studyOf(trials: number) {
	const definition = testDefinition({ space: lemur });
	const random = streamOf(2, 'values');
	const events = Array.from({ length: trials }, (_, trial): StudyEvent[] => {
		const inputs = suggestRandom({ space: lemur, seed: 1, trial });
		const values = [random()];
		return [
			{ type: 'ask', at: trial, trial, space: 0, inputs },
			{ type: 'tell', at: trial + 1, trial, state: 'COMPLETE', values, reason: null },
		];
	}).flat();
	return { definition, events, study: new Study(definition, events) };
}

/** Runs Optuna on such histories where it is at hand. Nothing of it is kept. */
function optunaTimes(): Map<string, number> {
	const script = fileURLToPath(new URL('hpo-optuna.py', import.meta.url));
	const { status, stdout } = spawnSync(values.python, [script], { encoding: 'utf8' });
	if (status !== 0) {
		console.error(`${values.python} has no Optuna: its times are left out.`);
		return new Map();
	}
	const rows = stdout.trim().split('\n');
	return new Map(
		rows.map((row) => {
			const [count, preset, ms] = row.split(' ');
			return [`${count} ${preset}`, Number(ms)];
		}),
	);
}

async function storedRuns(): Promise<ReplayTable> {
	const bytes = await snapshotBytes('2.1.2');
	if (!bytes) throw new Error('Snapshot 2.1.2 is not here: run npm run stat-db.');
	const { Database } = await initSqlJs();
	const db = new Database(bytes);
	const mirror = buildColumns(db, '2.1.2');
	db.close();
	return replayTable(dataRows(mirror, CONFIG));
}

/** The worker as the site ships one: bundled, without a loader between. @returns its path */
async function bundledWorker(): Promise<string> {
	const outDir = await mkdtemp(join(tmpdir(), 'lemur-bench-'));
	const entry = fileURLToPath(new URL('hpo-race.ts', import.meta.url));
	const output = { entryFileNames: 'race.mjs' };
	await build({
		...{ configFile: false, logLevel: 'error', ssr: { noExternal: true } },
		build: { ssr: entry, outDir, rollupOptions: { output } },
	});
	return join(outDir, 'race.mjs');
}

/** Seeds are handed out a few at a time, so that no worker waits for another. */
async function race(table: ReplayTable, label: string, entrant: object): Promise<Figure> {
	const batch = 10;
	let next = 0;
	const bests: number[] = [];
	const start = performance.now();
	await Promise.all(
		Array.from({ length: workers }, () => {
			const worker = new Worker(script, {
				workerData: { table, entrant, trials: TRIALS, epochs: 5 },
			});
			return new Promise<void>((resolve, reject) => {
				const more = () => {
					if (next >= studies) return void worker.terminate().then(() => resolve());
					worker.postMessage({ from: next, to: Math.min(studies, next + batch) });
					next += batch;
				};
				worker.on('error', reject);
				worker.on('message', (message: { bests: number[] }) => {
					bests.push(...message.bests);
					more();
				});
				more();
			});
		}),
	);
	const ms = performance.now() - start;
	return {
		name: `replay of ${studies.toLocaleString('en')} studies × ${TRIALS} trials, ${label}, ${workers} workers (median best ${median(bests).toFixed(4)})`,
		unit: 'ms',
		repeats: [ms],
		reach: 60_000,
	};
}

const script = await bundledWorker();
const table = await storedRuns();
console.log(
	`Node ${process.version}, ${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}; replayed are ${table.runs.length} stored runs of AlexNet on CIFAR-10, epoch 5.`,
);
const tpe = (preset: string) => ({
	label: preset,
	sampler: { id: 'tpe', preset, startupTrials: 10, candidates: 24 },
	pruner: { id: 'none' },
});
const random = { label: 'random', sampler: { id: 'random' }, pruner: { id: 'none' } };
const figures = [
	...suggestionFigures(optunaTimes()),
	...(await studyFigures()),
	await race(table, 'TPE v4', tpe('v4')),
	await race(table, 'TPE v4-multivariate', tpe('v4-multivariate')),
	await race(table, 'TPE v5', tpe('v5')),
	await race(table, 'random', random),
];
await rm(dirname(script), { recursive: true });
console.log(tableOf(figures).join('\n'));
