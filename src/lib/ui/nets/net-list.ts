/** The list of nets: from the small summary file first, from all trials once they are here. */
import type { SummaryFile } from '../../db/manifest';
import { familyOf } from '../../stats/family';
import type { SummaryTable } from '../../stats/summary';
import { compareText } from '../../stats/text-order';

/** One leaderboard: results are compared within it only. */
export interface Board {
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
}

/** What a net reached on one leaderboard. */
export interface NetResult {
	/** position in `NetList.boards` */
	readonly board: number;
	/** highest result, fraction */
	readonly best: number;
	readonly runs: number;
	readonly trials: number;
	/** the best trial in the open snapshot; absent before it is open */
	readonly trial?: number;
}

export interface NetRow {
	readonly name: string;
	readonly family: string;
	/** best first */
	readonly results: readonly NetResult[];
	readonly runs: number;
	readonly trials: number;
}

export interface NetList {
	readonly boards: readonly Board[];
	/** in code-point order of their names */
	readonly nets: readonly NetRow[];
}

const byBest = (results: NetResult[]) =>
	results.sort((a, b) => b.best - a.best || a.board - b.board);

function rowOf(name: string, results: NetResult[]): NetRow {
	const sum = (key: 'runs' | 'trials') => results.reduce((total, one) => total + one[key], 0);
	return {
		name,
		family: familyOf(name),
		results: byBest(results),
		runs: sum('runs'),
		trials: sum('trials'),
	};
}

/** @returns the nets that the summary file names: those without a hash in their name */
export function netsOfSummary({ boards, nets }: SummaryFile): NetList {
	const rows = nets.map(({ name, boards: results }) =>
		rowOf(
			name,
			results.map(([board, best, runs, trials]) => ({ board, best, runs, trials })),
		),
	);
	return { boards, nets: rows.sort((a, b) => compareText(a.name, b.name)) };
}

/** @param table grouped by nn, task, dataset and metric, over any trials */
export function netsOfTable(table: SummaryTable): NetList {
	const [nns, tasks, datasets, metrics] = (['nn', 'task', 'dataset', 'metric'] as const).map(
		(field) => table.keys[table.by.indexOf(field)] ?? [],
	);
	const boards = new Map<string, number>();
	const results = new Map<string, NetResult[]>();
	for (let g = 0; g < table.groups; g++) {
		const key = JSON.stringify([tasks?.[g], datasets?.[g], metrics?.[g]]);
		const board = boards.get(key) ?? boards.size;
		boards.set(key, board);
		const name = nns?.[g] ?? '';
		const own = results.get(name) ?? [];
		results.set(name, own);
		own.push({
			board,
			best: table.max[g] ?? NaN,
			runs: table.runs[g] ?? 0,
			trials: table.trials[g] ?? 0,
			trial: table.best[g] ?? 0,
		});
	}
	return {
		boards: [...boards.keys()].map((key) => {
			const [task, dataset, metric] = JSON.parse(key) as [string, string, string]; // printed above
			return { task, dataset, metric };
		}),
		nets: [...results]
			.map(([name, own]) => rowOf(name, own))
			.sort((a, b) => compareText(a.name, b.name)),
	};
}

/**
 * @param query words that must each start a word of the name (any case); text in "quotes" must
 * occur exactly as it stands
 */
export function netSearch(
	query: string,
	prefixSearch: (words: string) => (name: string) => boolean,
): (name: string) => boolean {
	const exact = [...query.matchAll(/"([^"]+)"/g)].map(([, text]) => text ?? '');
	const words = prefixSearch(query.replace(/"[^"]*"?/g, ' '));
	return (name) => exact.every((text) => name.includes(text)) && words(name);
}

export type NetOrder = 'name' | 'boards' | 'runs' | 'trials' | 'best';

/** @returns the nets in the asked order; equal ones by name. `best` is on `board` (or anywhere). */
export function sortNets(
	nets: readonly NetRow[],
	order: NetOrder,
	descending: boolean,
	board: number | undefined,
): NetRow[] {
	const sign = descending ? -1 : 1;
	const value = (net: NetRow) => {
		if (order === 'boards') return net.results.length;
		if (order === 'best') return resultOn(net, board)?.best ?? -1;
		return order === 'name' ? 0 : net[order];
	};
	return [...nets].sort((a, b) => {
		const names = compareText(a.name, b.name);
		return order === 'name' ? sign * names : sign * (value(a) - value(b)) || names;
	});
}

/** @returns a net's result on a leaderboard, or its highest where none is asked */
export function resultOn(net: NetRow, board: number | undefined): NetResult | undefined {
	return board === undefined ? net.results[0] : net.results.find((one) => one.board === board);
}

/** @returns 1 + how many nets of the leaderboard are strictly better, and how many nets it has */
export function rankOn(list: NetList, board: number, best: number): { rank: number; of: number } {
	let rank = 1;
	let of = 0;
	for (const net of list.nets) {
		const result = resultOn(net, board);
		if (!result) continue;
		of++;
		if (result.best > best) rank++;
	}
	return { rank, of };
}
