/** What came of all kills, as a table for people. */

/** One kill and what was found afterwards. */
export interface Kill {
	/** all of the browser, or its renderer alone */
	readonly browser: boolean;
	/** ms of training before it */
	readonly wait: number;
	/** ms from asking to train until a step was through */
	readonly ready: number;
	/** the last epoch that had been shown as saved, in this life or an earlier one */
	readonly told: number;
	/** epochs that are there afterwards */
	readonly stored: number;
	/** epochs that had been shown and are not there */
	readonly lost: number;
	/** the stored epochs are 1 to n, and the run's row says n */
	readonly dense: boolean;
	/** the database lacked something that the journal had */
	readonly restored: boolean;
}

const COLUMNS = [
	...(['killed', 'times', 'epochs stored', 'shown and lost', 'gaps', 'restored'] as const),
	'median to the first step',
] as const;

/** @returns Markdown */
export function tableOf(kills: readonly Kill[]): string {
	const rows = [
		rowOf('renderer', kills, (kill) => !kill.browser),
		rowOf('browser', kills, (kill) => kill.browser),
		rowOf('both', kills, () => true),
	];
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows.map(line)].join('\n');
}

function rowOf(name: string, kills: readonly Kill[], is: (kill: Kill) => boolean): string[] {
	const own = kills.filter(is);
	const sum = (of: (kill: Kill) => number) => own.reduce((total, kill) => total + of(kill), 0);
	const times = own.map(({ ready }) => ready).sort((a, b) => a - b);
	const median = times[times.length >> 1];
	return [
		name,
		String(own.length),
		// Each life's own epochs: what came on top of the life before.
		String(sum((kill) => kill.stored - (kills[kills.indexOf(kill) - 1]?.stored ?? 0))),
		String(sum(({ lost }) => lost)),
		String(sum(({ dense }) => (dense ? 0 : 1))),
		String(sum(({ restored }) => (restored ? 1 : 0))),
		median === undefined ? '–' : `${(median / 1000).toFixed(1)} s`,
	];
}
