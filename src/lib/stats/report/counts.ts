/** Lengths of a report's tables, from one pass over the rows: a plan has no time for the tables themselves. */
import type { TrialColumns } from '../columns';
import type { PlotRows } from '../plots/plot';

/** Nets of a leaderboard whose curves are written and drawn. */
export const TOP = 10;

/** What the tables of a report will hold, without their numbers. */
export interface BoardCounts {
	readonly boards: number;
	/** of all leaderboards */
	readonly nets: number;
	/** of each net of each leaderboard */
	readonly epochs: number;
	/** the best nets, and the epochs of these */
	readonly top: number;
	readonly curveRows: number;
}

/** @returns the counts, from one pass over the rows */
export function countBoards({ columns, ids }: PlotRows): BoardCounts {
	const { configs, runs, run, epoch, accuracy } = columns;
	const best = new Float64Array(configs.count).fill(-Infinity);
	const epochs = new Uint32Array(configs.count);
	// By epoch: 1 + the last configuration that had it. Configurations follow each other.
	const seen = new Uint32Array(1 << 16);
	for (let i = 0; i < ids.length; i++) {
		const trial = ids[i]!;
		const config = runs.config[run[trial]!]!;
		if (accuracy[trial]! > best[config]!) best[config] = accuracy[trial]!;
		if (seen[epoch[trial]!] === config + 1) continue;
		seen[epoch[trial]!] = config + 1;
		epochs[config]!++;
	}
	return addUp(columns, best, epochs);
}

function addUp({ configs, tasks }: TrialColumns, best: Float64Array, epochs: Uint32Array) {
	const perBoard: number[][] = tasks.map(() => []);
	for (let c = 0; c < configs.count; c++) if (epochs[c]! > 0) perBoard[configs.task[c]!]!.push(c);
	const boards = perBoard.filter((nets) => nets.length > 0);
	// Configurations of a leaderboard are in the order of their nets' names, and the sort is stable.
	const top = boards.flatMap((nets) => nets.sort((a, b) => best[b]! - best[a]!).slice(0, TOP));
	return {
		boards: boards.length,
		nets: boards.reduce((sum, nets) => sum + nets.length, 0),
		epochs: epochs.reduce((sum, count) => sum + count, 0),
		top: top.length,
		curveRows: top.reduce((sum, config) => sum + epochs[config]!, 0),
	};
}
