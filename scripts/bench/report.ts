/** What the repeats amount to: figures for the table, and which single changes were slow. */
import type { Figure } from './figures';
import { largest, median, p95, written } from './numbers';
import type { Run } from './once';
import type { Change } from './questions';

const SECOND = 1_000;
const LONG_FRAME = 33;

/** @param shell bytes of the largest page's JS and CSS, gzip */
export function figuresOf(shell: number, runs: readonly Run[]): Figure[] {
	return [
		{
			name: 'shell: JS + CSS before first paint, gzip',
			unit: 'kB',
			repeats: [shell],
			reach: 150e3,
		},
		...opening(runs),
		...changes(runs),
		...scrolling(runs),
		...memory(runs),
		...sqlite(runs),
	];
}

function opening(runs: readonly Run[]): Figure[] {
	const of = (visit: 'first' | 'second', key: 'firstPaint' | 'boards' | 'ready' | 'opening') =>
		runs.map((run) => run[visit][key]);
	const long = (visit: 'first' | 'second') => runs.map((run) => run[visit].longTasks);
	const ms = 'ms';
	return [
		{ name: 'first contentful paint, empty cache', unit: ms, repeats: of('first', 'firstPaint') },
		{
			name: 'leaderboards painted, empty cache',
			unit: ms,
			repeats: of('first', 'boards'),
			reach: SECOND,
		},
		{ name: 'database ready, empty cache', unit: ms, repeats: of('first', 'ready') },
		{
			name: 'database ready from cache, from navigation',
			unit: ms,
			repeats: of('second', 'ready'),
			reach: SECOND,
		},
		{
			name: 'database ready from cache, from asking the worker',
			unit: ms,
			repeats: of('second', 'opening'),
			reach: SECOND,
		},
		{
			name: 'main-thread tasks > 50 ms while opening from cache',
			unit: '',
			repeats: long('second').map((tasks) => tasks.length),
			reach: 0,
		},
		{ name: '  longest of them', unit: ms, repeats: long('second').map(longestOr0) },
		{
			name: '  the same with an empty cache',
			unit: '',
			repeats: long('first').map((tasks) => tasks.length),
			reach: 0,
		},
	];
}

const longestOr0 = (lengths: readonly number[]) => (lengths.length > 0 ? largest(lengths) : 0);

function changes(runs: readonly Run[]): Figure[] {
	const timed = (
		name: string,
		key: 'filters' | 'ticks' | 'sorts',
		value: (change: Change) => number,
		reach?: number,
	): Figure => {
		const perRun = runs.map((run) => run[key].map(value));
		return {
			name,
			unit: 'ms',
			repeats: perRun.map(median),
			all: perRun.flat(),
			...(reach === undefined ? {} : { reach }),
		};
	};
	const worker = (change: Change) => Math.max(0, ...change.exchanges.map(({ ms }) => ms));
	return [
		timed('filter change: facets + table in the document', 'filters', (c) => c.shown, 50),
		timed('filter change: painted', 'filters', (c) => c.painted),
		timed('filter change: both answered by the worker', 'filters', worker),
		timed('facet ticked: facets + table in the document', 'ticks', (c) => c.shown, 50),
		timed('facet ticked: painted', 'ticks', (c) => c.painted),
		timed('sort of all rows, first click: in the document', 'sorts', (c) => c.shown, 200),
		timed('sort of all rows, first click: painted', 'sorts', (c) => c.painted),
	];
}

function scrolling(runs: readonly Run[]): Figure[] {
	const long = (key: 'rest' | 'sweep' | 'fling') =>
		runs.map((run) => run[key].frames.filter((ms) => ms > LONG_FRAME).length);
	const longest = (key: 'rest' | 'sweep' | 'fling') => runs.map((run) => largest(run[key].frames));
	const nodes = runs.map((run) => Math.max(run.sweep.mostNodes, run.fling.mostNodes));
	return [
		{
			name: 'frames > 33 ms, all rows in 5 s',
			unit: '',
			repeats: long('sweep'),
			reach: 0,
		},
		{ name: '  longest frame', unit: 'ms', repeats: longest('sweep') },
		{ name: 'frames > 33 ms, fling of the wheel', unit: '', repeats: long('fling'), reach: 0 },
		{ name: '  longest frame', unit: 'ms', repeats: longest('fling') },
		{ name: 'frames > 33 ms at rest (the machine)', unit: '', repeats: long('rest') },
		{ name: '  longest frame', unit: 'ms', repeats: longest('rest') },
		{ name: 'DOM nodes, most while scrolling', unit: '', repeats: nodes, reach: 1_500 },
	];
}

function memory(runs: readonly Run[]): Figure[] {
	const of = (what: string, key: keyof Run['memory']): Figure => ({
		name: `private memory of the tab, peak ${what}`,
		unit: 'MB',
		repeats: runs.map((run) => run.memory[key]),
		reach: 400e6,
	});
	return [
		of('of the first visit', 'opening'),
		of('while filtering', 'filtering'),
		of('while sorting by every column', 'sorting'),
		of('while scrolling', 'scrolling'),
		{
			name: '  JavaScript heap of the page itself',
			unit: 'MB',
			repeats: runs.map((run) => run.memory.heap),
		},
	];
}

/** The same questions to sqlite, and how many times as long that takes. */
function sqlite(runs: readonly Run[]): Figure[] {
	const beside = (name: string, key: 'filters' | 'sorts', sql: 'sqlFilters' | 'sqlSorts') => {
		const times = runs.map((run) => [...run[sql].values()]);
		const ratios = runs.map((run) =>
			median(
				[...run[sql]].flatMap(([what, ms]) =>
					run[key].filter((change) => change.what === what).map(({ shown }) => ms / shown),
				),
			),
		);
		return [
			{ name: `${name}, as SQL`, unit: 'ms', repeats: times.map(median), all: times.flat() },
			{ name: '  times as long as above', unit: '×', repeats: ratios },
		] satisfies Figure[];
	};
	return [
		...beside('facets + first rows of a filter', 'filters', 'sqlFilters'),
		...beside('first rows of all, sorted', 'sorts', 'sqlSorts'),
	];
}

const SHOWN = 12;

/** The slowest filters and sorts: median over the repeats, with what the worker took for each request. */
export function slowest(runs: readonly Run[]): string[] {
	return (['filters', 'ticks', 'sorts'] as const).flatMap((key) => {
		const changes = runs.flatMap((run) => run[key]);
		const names = [...new Set(changes.map(({ what }) => what))];
		const lines = names.map((what) => {
			const same = changes.filter((change) => change.what === what);
			const requests = same[0]?.exchanges.map(({ kind, ms }) => `${kind} ${ms.toFixed(0)}`);
			return { what, shown: median(same.map(({ shown }) => shown)), requests };
		});
		lines.sort((a, b) => b.shown - a.shown);
		return [
			`\nslowest ${key} (of ${lines.length}; p95 ${written(p95(lines.map((l) => l.shown)), 'ms')})`,
			...lines
				.slice(0, SHOWN)
				.map(
					({ what, shown, requests }) =>
						`${written(shown, 'ms').padStart(10)}  ${what}  [${requests?.join(', ')}]`,
				),
		];
	});
}
