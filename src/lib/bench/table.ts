/** What came out of a race as figures: medians per library, what they should reach, Markdown and CSV. */
import { quantile, sorted } from '../stats/quantile';
import { batchAt } from './data';
import { modelOf } from './models';
import type { Entry, ModelResult } from './race';
import { STRATEGIES, type StrategyId } from './strategies';
import { type Ground } from './strategy';

/** One library on one net; medians over rounds, per step. NaN = not told. */
export interface Line {
	readonly strategy: StrategyId;
	readonly title: string;
	readonly ground: Ground;
	readonly dispatches: number;
	readonly submits: number;
	readonly uploadedBytes: number;
	readonly readbacks: number;
	/** made up to the end of the race, not per step */
	readonly pipelines: number;
	readonly tensors: number;
	readonly hostMs: number;
	readonly stepMs: number;
	readonly firstMs: number;
	/** of the last of the first steps */
	readonly loss: number;
}

/** A library that did not run. */
export interface Refusal {
	readonly title: string;
	readonly reason: string;
}

export interface Column {
	readonly title: string;
	/** what it is, for people */
	readonly about: string;
	readonly unit: 'bytes' | 'ms' | '';
	readonly read: (line: Line) => number;
}

export const COLUMNS: readonly Column[] = [
	column('dispatches', 'kernels started per step', '', (line) => line.dispatches),
	column('submits', 'hand-overs to the device per step', '', (line) => line.submits),
	column('uploaded', 'bytes to the device per step', 'bytes', (line) => line.uploadedBytes),
	column('readbacks', 'waits for values per step', '', (line) => line.readbacks),
	column('tensors', 'tensors more per step', '', (line) => line.tensors),
	column('host', 'time of the processor per step', 'ms', (line) => line.hostMs),
	column('step', 'time per step until the device is done', 'ms', (line) => line.stepMs),
	column('first step', 'with compiling', 'ms', (line) => line.firstMs),
	column('pipelines', 'programs compiled', '', (line) => line.pipelines),
	column('loss', `after the first steps`, '', (line) => line.loss),
];

function column(title: string, about: string, unit: Column['unit'], read: Column['read']): Column {
	return { title, about, unit, read };
}

/** @returns the libraries that ran, and those that did not with their reasons */
export function linesOf({ entries }: ModelResult): { lines: Line[]; refusals: Refusal[] } {
	const lines: Line[] = [];
	const refusals: Refusal[] = [];
	for (const entry of entries)
		if (entry.ok) lines.push(lineOf(entry));
		else refusals.push({ title: STRATEGIES[entry.strategy].title, reason: entry.reason });
	return { lines, refusals };
}

function lineOf({ strategy, ground, first, rounds }: Extract<Entry, { ok: true }>): Line {
	const of = (read: (round: (typeof rounds)[number]) => number) => median(rounds.map(read));
	// On a backend without WebGPU nothing is counted, which is not the same as none.
	const counted = (read: (round: (typeof rounds)[number]) => number) =>
		ground.backend === 'webgpu' ? of(read) : NaN;
	return {
		...{ strategy, title: STRATEGIES[strategy].title, ground },
		dispatches: counted(({ counts }) => counts.dispatches),
		submits: counted(({ counts }) => counts.submits),
		uploadedBytes: counted(({ counts }) => counts.uploadedBytes),
		readbacks: counted(({ counts }) => counts.readbacks),
		pipelines:
			ground.backend === 'webgpu'
				? first.pipelines +
					rounds.reduce((sum, { counts, hostMs }) => sum + counts.pipelines * hostMs.length, 0)
				: NaN,
		tensors: of(({ tensors }) => tensors),
		hostMs: median(rounds.flatMap(({ hostMs }) => hostMs)),
		stepMs: of(({ stepMs }) => stepMs),
		firstMs: first.firstMs,
		loss: first.losses.at(-1) ?? NaN,
	};
}

const median = (values: readonly number[]): number => quantile(sorted(values), 0.5);

/** A figure that ours should reach. */
export interface Reach {
	readonly name: string;
	readonly value: number;
	readonly most: number;
	readonly unit: Column['unit'] | '×';
	readonly met: boolean;
}

const SPARE_BYTES = 4_000;

/** @returns none where ours did not run or nothing can be counted; ratios only beside stock on the same adapter */
export function reachesOf(result: ModelResult): Reach[] {
	const { lines } = linesOf(result);
	const ours = lines.find(({ strategy }) => strategy === 'ours');
	if (!ours || ours.ground.backend !== 'webgpu') return [];
	const model = modelOf(result.model);
	const bytes = batchAt(model, result.batch, 0).bytes.length;
	const reach = (name: string, value: number, most: number, unit: Reach['unit'] = '') => ({
		...{ name, value, most, unit },
		met: value <= most,
	});
	const stock = lines.find(({ strategy }) => strategy === 'stock');
	const same = stock?.ground.adapter === ours.ground.adapter && stock?.ground.backend === 'webgpu';
	return [
		reach('readbacks', ours.readbacks, 0),
		reach('uploaded', ours.uploadedBytes, 1.1 * bytes + SPARE_BYTES, 'bytes'),
		reach('tensors', ours.tensors, 0),
		...(stock && same
			? [
					reach('dispatches of tfjs’s', ours.dispatches / stock.dispatches, 0.5, '×'),
					reach('host time of tfjs’s', ours.hostMs / stock.hostMs, 0.5, '×'),
					reach('step time of tfjs’s', ours.stepMs / stock.stepMs, 0.7, '×'),
				]
			: []),
	];
}

/** Losses of libraries that train the same net agree this far; sums are made in other orders. */
const SAME_LOSS = 1e-3;

/** A library whose first losses are not those of the first library that ran. */
export interface OtherLosses {
	readonly title: string;
	/** the library it differs from */
	readonly from: string;
	/** largest relative difference */
	readonly off: number;
}

export function otherLosses({ entries }: ModelResult): OtherLosses[] {
	const ran = entries.flatMap((entry) =>
		entry.ok ? [{ title: STRATEGIES[entry.strategy].title, losses: entry.first.losses }] : [],
	);
	const [reference, ...others] = ran;
	if (!reference) return [];
	return others.flatMap(({ title, losses }) => {
		const off = Math.max(
			...losses.map((loss, i) => {
				const expected = reference.losses[i] ?? NaN;
				const distance = Math.abs(loss - expected) / Math.abs(expected);
				return Number.isNaN(distance) ? Infinity : distance;
			}),
		);
		return off > SAME_LOSS ? [{ title, from: reference.title, off }] : [];
	});
}
