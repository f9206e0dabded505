/**
 * Measures the search for hyperparameters and prints a table of what it should reach:
 * `npm run bench:hpo -- [--studies 1000] [--workers N] [--python PYTHON]`. With a Python that has
 * Optuna, its own times for the same suggestions stand beside ours. It asserts nothing.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import initSqlJs from 'sql.js';
import { buildColumns } from '../../src/lib/db/mirror';
import { categorical, float } from '../../src/lib/hpo/distributions';
import { streamOf } from '../../src/lib/hpo/random';
import { replayTable, type ReplayTable } from '../../src/lib/hpo/replay/table';
import { suggestRandom } from '../../src/lib/hpo/samplers/random';
import { spaceOf } from '../../src/lib/hpo/space';
import { tpeSampler } from '../../src/lib/hpo/tpe/sampler';
import { TPE_PRESETS } from '../../src/lib/hpo/tpe/presets';
import type { History, Trial } from '../../src/lib/hpo/trial';
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

const space = spaceOf({
	lr: float(1e-5, 1, { log: true }),
	momentum: float(0, 1),
	dropout: float(0, 0.5),
	batch: categorical(Array.from({ length: 13 }, (_, i) => 2 ** i)),
	transform: categorical(['t0', 't1', 't2', 't3', 't4', 't5']),
});

/** Random trials of LEMUR's space with random values: every kernel is needed. */
function historyOf(count: number): History {
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
	return [1_000, 10_000].flatMap((count) => {
		const history = historyOf(count);
		return Object.values(TPE_PRESETS).map(({ id: preset }): Figure => {
			const sampler = tpeSampler({ preset });
			const suggest = (seed: number) =>
				sampler.suggest({ history, space, trial: history.trials.length, seed });
			for (let seed = 0; seed < 10; seed++) suggest(seed);
			const repeats = Array.from({ length: REPEATS }, (_, seed) => {
				const start = performance.now();
				suggest(seed);
				return performance.now() - start;
			});
			const theirs = optuna.get(`${count} ${preset}`);
			const beside = theirs === undefined ? '' : `; Optuna 4.5: ${theirs.toFixed(1)} ms`;
			return {
				name: `TPE ${preset}, 5 parameters, ${count.toLocaleString('en')} trials${beside}`,
				unit: 'ms',
				repeats,
				reach: count === 1_000 ? 5 : 50,
			};
		});
	});
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

/** Workers read TypeScript only after this. */
const LOADER = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(new URL('hpo-race.ts', import.meta.url).href)})));`;

/** Seeds are handed out a few at a time, so that no worker waits for another. */
async function race(table: ReplayTable, label: string, entrant: object): Promise<Figure> {
	const batch = 10;
	let next = 0;
	const bests: number[] = [];
	const start = performance.now();
	await Promise.all(
		Array.from({ length: workers }, () => {
			const worker = new Worker(LOADER, {
				eval: true,
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
	await race(table, 'TPE v4', tpe('v4')),
	await race(table, 'TPE v5', tpe('v5')),
	await race(table, 'random', random),
];
console.log(tableOf(figures).join('\n'));
