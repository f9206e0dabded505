/** The summary of a snapshot: leaderboards, nets and families for the page's first screen. */
import { median } from 'd3-array';
import { compareText } from '../../src/lib/stats/text-order';
import type { SummaryFile } from '../../src/lib/db/manifest';
import { familyOf } from '../../src/lib/stats/family';
import { runColumns } from './run-row';
import type { Config, Run, RunEpoch } from './runs';

type Counts = SummaryFile['counts'];
type Board = SummaryFile['boards'][number];
type TopRow = Board['top'][number];

/** Nets shown per leaderboard. */
const TOP = 25;
/** Names of generated nets, which only their own board needs. */
const GENERATED = /-(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @param configs with trials, ordered by task, dataset, metric, nn */
export function summarise(
	version: string,
	configs: readonly Config[],
	deviceRuns: number,
): SummaryFile {
	const groups = new Map<string, Config[]>();
	for (const config of configs) {
		const key = [config.task, config.dataset, config.metric].join('_');
		groups.set(key, [...(groups.get(key) ?? []), config]);
	}
	const boards = [...groups.values()];
	return {
		version,
		counts: countsOf(configs, deviceRuns),
		boards: boards.flatMap((group) => boardOf(group) ?? []),
		nets: netsOf(boards),
		families: familiesOf(configs),
	};
}

/** Runs are distinct (configuration, uid). */
export function countsOf(configs: readonly Config[], deviceRuns: number): Counts {
	return {
		trials: sum(configs, ({ trials }) => trials),
		runs: sum(configs, runCount),
		configurations: configs.length,
		nets: new Set(configs.map(({ nn }) => nn)).size,
		deviceRuns,
	};
}

const sum = <T>(items: readonly T[], of: (item: T) => number) =>
	items.reduce((total, item) => total + of(item), 0);

const runCount = ({ runs }: Config) => new Set(runs.map(({ uid }) => uid)).size;

function boardOf(group: readonly Config[]): Board | null {
	const [first] = group;
	if (!first) return null;
	const accuracies = group.flatMap(({ runs }) =>
		runs.flatMap(({ epochs }) => epochs.map(({ accuracy }) => accuracy)),
	);
	const ranked = group
		.map(topRow)
		.sort((a, b) => b.accuracy - a.accuracy || compareText(a.nn, b.nn));
	return {
		task: first.task,
		dataset: first.dataset,
		metric: first.metric,
		trials: accuracies.length,
		runs: sum(group, runCount),
		nets: group.length,
		median: median(accuracies) ?? 0,
		top: ranked.slice(0, TOP),
	};
}

interface Row {
	readonly run: Run;
	readonly at: RunEpoch;
}

/** A net's best row: highest accuracy, then lowest epoch, then uid. */
function topRow(config: Config): TopRow {
	const rows = config.runs.flatMap((run) => run.epochs.map((at): Row => ({ run, at })));
	const best = rows.reduce((a, b) => (isBetter(b, a) ? b : a));
	const { transform, batch, lr, momentum, dropout } = runColumns(best.run.prm);
	const { accuracy, epoch, duration } = best.at;
	return {
		nn: config.nn,
		accuracy,
		ties: rows.filter(({ at }) => at.accuracy === accuracy).length,
		epoch,
		duration: duration === null ? null : Number(duration),
		transform: transform ?? '',
		batch,
		lr,
		momentum,
		dropout,
		uid: best.run.uid,
		runs: runCount(config),
		trials: rows.length,
	};
}

function isBetter(a: Row, b: Row): boolean {
	const order =
		b.at.accuracy - a.at.accuracy || a.at.epoch - b.at.epoch || compareText(a.run.uid, b.run.uid);
	return order < 0;
}

function netsOf(boards: readonly (readonly Config[])[]): SummaryFile['nets'] {
	const nets = new Map<string, [number, number, number, number][]>();
	boards.forEach((group, board) => {
		for (const config of group) {
			if (GENERATED.test(config.nn)) continue;
			const { accuracy, runs, trials } = topRow(config);
			nets.set(config.nn, [...(nets.get(config.nn) ?? []), [board, accuracy, runs, trials]]);
		}
	});
	return [...nets]
		.map(([name, boards]) => ({ name, boards }))
		.sort((a, b) => compareText(a.name, b.name));
}

function familiesOf(configs: readonly Config[]): SummaryFile['families'] {
	const families = new Map<string, { nets: Set<string>; trials: number }>();
	for (const { nn, trials } of configs) {
		const name = familyOf(nn);
		const family = families.get(name) ?? { nets: new Set(), trials: 0 };
		family.nets.add(nn);
		family.trials += trials;
		families.set(name, family);
	}
	return [...families]
		.map(([name, { nets, trials }]) => ({ name, nets: nets.size, trials }))
		.sort((a, b) => compareText(a.name, b.name));
}
