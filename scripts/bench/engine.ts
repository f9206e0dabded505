/**
 * Times the columnar engine at full size in Node: `npx tsx scripts/bench/engine.ts [version]`.
 * Medians of five, by the clock and of processor time (all threads, so that a busy machine shows); what is computed once and kept (ranks, masks) is timed on its first use.
 */
import initSqlJs from 'sql.js';
import { buildColumns } from '../../src/lib/db/mirror';
import { catalogueOf } from '../../src/lib/stats/catalogue';
import { FACET_FIELDS, facetsOf } from '../../src/lib/stats/facets';
import type { Filter } from '../../src/lib/stats/filter';
import { histogramOf } from '../../src/lib/stats/histogram';
import { Matcher } from '../../src/lib/stats/match';
import { Sorter } from '../../src/lib/stats/sort';
import { windowOf } from '../../src/lib/stats/window';
import { snapshotBytes } from '../snapshot';

const REPEATS = 5;
const version = process.argv[2] ?? '2.1.2';
const bytes = await snapshotBytes(version);
if (!bytes) throw new Error(`static/stat-db does not hold ${version}: run npm run stat-db first.`);
const sqlite = await initSqlJs();

function report(name: string, run: () => unknown, repeats = REPEATS): void {
	const times = Array.from({ length: repeats }, () => {
		const [start, cpu] = [performance.now(), process.cpuUsage()];
		run();
		const { user, system } = process.cpuUsage(cpu);
		return { wall: performance.now() - start, cpu: (user + system) / 1000 };
	});
	const median = (key: 'wall' | 'cpu') => {
		const sorted = times.map((time) => time[key]).sort((x, y) => x - y);
		return sorted[repeats >> 1]?.toFixed(1).padStart(8);
	};
	console.log(`${name.padEnd(44)} ${median('wall')} ms ${median('cpu')} ms CPU`);
}

const db = new sqlite.Database(bytes);
report('build the mirror', () => buildColumns(db, version));
const mirror = buildColumns(db, version);
const { columns } = mirror;
const facts = { hash: '', openedFrom: 'cache', stored: true } as const;
report('catalogue', () => catalogueOf(columns, facts));

const everything = new Matcher(columns);
report('first facets, no filter', () => facetsOf(new Matcher(columns), {}, FACET_FIELDS));
const filters: Filter[] = [
	{ dataset: ['cifar-10'] },
	{ dataset: ['cifar-10'], accuracy: { min: 0.5 } },
	{ dataset: ['cifar-10'], accuracy: { min: 0.5 }, prm: { lr: { max: 0.01 } } },
	{ nnRegex: '^a.*t' },
	{ epoch: { max: 5 }, duration: { min: 1e9 } },
	{ any: [{ epoch: { max: 1 } }, { nnPrefix: ['ga'] }], not: [{ transform: ['norm_32'] }] },
	{ best: 'configuration' },
	{ best: 'epoch', dataset: ['cifar-10'] },
];
for (const filter of filters)
	report(
		`facets after ${JSON.stringify(filter).slice(0, 30)}`,
		() => facetsOf(everything, filter, FACET_FIELDS),
		1,
	);
report('histogram of accuracy', () => histogramOf(everything, {}, 'accuracy', 20));
report('histogram of prm.lr, filtered', () =>
	histogramOf(everything, filters[1] ?? {}, 'prm.lr', 20),
);

const { ids } = everything.match({});
const half = ids.filter((id) => id % 2 === 0);
const sorter = new Sorter(columns, mirror.uidText);
const all = catalogueOf(columns, facts).columns;
for (const column of all.filter(
	(id) => !id.startsWith('prm.') || id === 'prm.lr' || id === 'prm.batch',
)) {
	report(
		`sort all rows by ${column}, first`,
		() => sorter.sort(ids, [{ column, descending: true }]),
		1,
	);
	report(`sort of half the rows by ${column}`, () =>
		sorter.sort(half, [{ column, descending: true }]),
	);
}
report('window of 60 rows, every column', () =>
	windowOf(columns, ids, 300_000, 60, all, mirror.uidText),
);
