/**
 * Empirical distributions of a leaderboard: of the best value of each run for the best nets, beside
 * those of all runs and of all records. Steps, never smoothed.
 */
import { displayName } from '../../url/display-name';
import { bestPerRun, rankNets } from '../best-per-run';
import { ecdf as distribution } from '../ecdf';
import { quantile } from '../quantile';
import { metricAxis } from './axes';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { limitNotes, pickLeaders, topOf } from './leaders';
import { paletteOf, type Palette } from './palette';
import type { Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { metricWords, poolOf, type Pool } from './pool';
import { plotName } from './text';
import { valuesAt } from './values-at';
import { counted, countText, fractionText } from './words';

/** Runs from which the distribution of one net says something. */
const MIN_RUNS = 3;
/** distributions that are not one net's */
const WHOLE = 2;

export const ecdf: PlotSpec = {
	id: 'ecdf',
	title: 'Share of runs up to a value',
	about:
		'Empirical distribution: the share of runs whose best value is at most x, for the best nets that have 3 runs or more and for all runs of a leaderboard, beside the share of all its records.',
	group: 'Hyperparameters',
	controls: ['board', 'top'],
	top: 5,
	size: [10.5, 6.5],
	draw,
};

/** One distribution. */
interface Steps {
	/** as in the data, or of what group it is */
	readonly name: string;
	/** what is counted */
	readonly of: 'run' | 'record';
	readonly net: boolean;
	/** all values, ascending */
	readonly values: Float64Array;
	/** distinct values, ascending, and the share of values up to each */
	readonly x: Float64Array;
	readonly share: Float64Array;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const pool = poolOf(rows, { ...options, mode: 'corrected' }, 'board');
	if (!pool) return emptyFigure(ecdf, options, NO_ROWS);
	const { columns } = rows;
	const best = bestPerRun(columns, pool.ids);
	const top = topOf(ecdf, options);
	const { drawn, notes } = pickLeaders(rankNets(columns, best), top, MIN_RUNS, {});
	const valuesOf = (ids: Uint32Array) => valuesAt(columns.accuracy, ids).sort();
	const all = [
		stepsOf('All runs', 'run', false, valuesOf(best)),
		stepsOf('All records', 'record', false, valuesOf(pool.ids)),
	];
	const nets = drawn.map(({ name, values }) => stepsOf(name, 'run', true, values));
	const steps = [...all, ...nets];
	const title = `${ecdf.title}: ${pool.name}`;
	const axes = {
		xaxis: metricAxis(pool.metrics[0] ?? ''),
		yaxis: { type: 'linear', title: { text: 'Share up to this value' }, range: [0, 1.02] } as const,
	};
	return {
		data: steps.map((one, i) => traceOf(one, i, options)),
		layout: layoutOf(title, options, axes),
		title,
		summary: summaryOf(pool, all, nets.length),
		used: pool.ids.length,
		notes: [...notes, ...limitNotes(options)],
		table: tableOf(steps),
		brush: { x: { field: 'accuracy', scale: 1 } },
		within: pool.within,
	};
}

function stepsOf(name: string, of: Steps['of'], net: boolean, values: Float64Array): Steps {
	return { name, of, net, values, ...distribution(values) };
}

/** Two points a value: the foot and the head of its step. */
function traceOf(one: Steps, index: number, { theme }: PlotOptions): ScatterTrace {
	const { name, of, values, x, share } = one;
	const footOf = (i: number) => (i === 0 ? 0 : share[i - 1]!);
	return {
		type: 'scatter',
		mode: 'lines',
		name: plotName(name),
		legendgroup: String(index),
		x: Float64Array.from({ length: 2 * x.length }, (_, i) => x[i >> 1]!),
		y: Float64Array.from({ length: 2 * x.length }, (_, i) =>
			i % 2 === 0 ? footOf(i >> 1) : share[i >> 1]!,
		),
		line: lineOf(one, index, paletteOf(theme)),
		hovertemplate: `%{fullData.name} (${counted(values.length, of)})<br>%{y:.4f} of them up to %{x:.4f}<extra></extra>`,
	};
}

/** The distributions of the whole come first and are grey. */
function lineOf({ net, of }: Steps, index: number, palette: Palette): ScatterTrace['line'] & {} {
	if (!net) return { color: palette.muted, width: 2.5, dash: of === 'run' ? 'solid' : 'dot' };
	const { color, dash } = palette.series(index - WHOLE);
	return { color, width: 2, dash };
}

function tableOf(steps: readonly Steps[]): FigureColumn[] {
	const repeat = (of: (one: Steps) => string) =>
		steps.flatMap((one) => Array<string>(one.x.length).fill(of(one)));
	const join = (of: (one: Steps) => Float64Array) => {
		const joined = new Float64Array(steps.reduce((sum, { x }) => sum + x.length, 0));
		let next = 0;
		for (const one of steps) {
			joined.set(of(one), next);
			next += one.x.length;
		}
		return joined;
	};
	return [
		{ title: 'Distribution', unit: 'none', values: repeat(({ name }) => name) },
		{ title: 'Of', unit: 'none', values: repeat(({ of }) => (of === 'run' ? 'runs' : 'records')) },
		{ title: 'Value', unit: 'fraction', values: join(({ x }) => x) },
		{ title: 'Share up to it', unit: 'plain', values: join(({ share }) => share) },
	];
}

function summaryOf(pool: Pool, [runs, records]: readonly Steps[], nets: number): string {
	if (!runs || !records) return NO_ROWS;
	const half = fractionText(quantile(runs.values, 0.5));
	return `Distribution of ${metricWords(pool)} in ${displayName(pool.name)}: half of the ${countText(runs.values.length)} runs reach ${half} or more at best, half of the ${countText(records.values.length)} records ${fractionText(quantile(records.values, 0.5))} or more; ${counted(nets, 'net')} ${nets === 1 ? 'is' : 'are'} drawn apart.`;
}
