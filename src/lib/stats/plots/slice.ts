/** What is reached along one hyperparameter: the best value of each run, and the median among its like. */
import { displayName } from '../../url/display-name';
import type { TrialColumns } from '../columns';
import { metricTitle } from '../fields';
import { quantile, sorted } from '../quantile';
import { scatter } from '../scatter';
import { metricAxis } from './axes';
import { densityImage } from './density-image';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { paletteOf } from './palette';
import type {
	Figure,
	FigureColumn,
	PlotOptions,
	PlotRows,
	PlotSpec,
	ScatterTrace,
	Trace,
} from './plot';
import { metricWords } from './pool';
import { numberText, prmAxis, prmBrush, valueText } from './prm-axis';
import { quantileBins } from './quantile-bins';
import { nameReader } from './run-names';
import {
	chosenNames,
	lacksParameter,
	searchRuns,
	usualFirst,
	type Parameter,
	type SearchRuns,
} from './search-runs';
import { shadesOf } from './shades';
import { plotName, plotText } from './text';
import { counted, countText, fractionText } from './words';

/** Most runs drawn as points; more are a density image. */
const MAX_POINTS = 4_000;
const ACROSS = 240;
const UP = 150;
/** Groups of runs along the axis, each with a median. */
const BINS = 20;
/** Most groups of epochs, told apart by colour and marker. */
const EPOCH_GROUPS = 5;

export const slice: PlotSpec = {
	id: 'slice',
	title: 'Best values along a hyperparameter',
	about:
		'Each run once, at its best epoch: what it reached against one of its hyperparameters, coloured by that epoch, and the medians of groups of equally many runs along the axis, or of each value where there are few.',
	group: 'Hyperparameters',
	controls: ['board', 'prm1'],
	size: [10.5, 6.5],
	draw,
};

/** One group of runs along the axis. */
interface Group {
	readonly from: number;
	readonly to: number;
	/** median of the hyperparameter, where the group is drawn */
	readonly at: number;
	/** ascending */
	readonly values: Float64Array;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const chosen = chosenNames(rows.columns, options) ?? [];
	const pick = (common: readonly string[]) => [...chosen, ...usualFirst(common)].slice(0, 1);
	const search = searchRuns(rows, options, pick);
	if (!search) return emptyFigure(slice, options, NO_ROWS);
	const parameter = search.parameters[0];
	if (!parameter) return emptyFigure(slice, options, lacksParameter(search.pool, chosen[0]));
	const groups = groupsOf(search, parameter);
	const title = `${slice.title}: ${search.pool.name}`;
	const metric = search.pool.metrics[0] ?? '';
	const x = prmBrush(parameter);
	const cloud =
		search.best.length > MAX_POINTS && parameter.choices.length === 0
			? imageTrace(rows.columns, search, parameter, options)
			: pointTraces(rows.columns, search, parameter, options);
	return {
		data: [...cloud, medianTrace(parameter, groups, options)],
		layout: layoutOf(title, options, { xaxis: prmAxis(parameter), yaxis: metricAxis(metric) }),
		title,
		summary: summaryOf(search, parameter, groups),
		used: search.pool.ids.length,
		notes: notesOf(search, parameter, chosen),
		table: tableOf(search, parameter, groups),
		brush: { ...(x ? { x } : {}), y: { field: 'accuracy', scale: 1 } },
		within: search.pool.within,
	};
}

function groupsOf({ accuracy }: SearchRuns, { values, choices, distinct }: Parameter): Group[] {
	const each = choices.length > 0 || distinct <= BINS;
	const bins = quantileBins(values, each ? values.length : BINS);
	return bins.map(({ from, to, members }) => ({
		from,
		to,
		at: quantile(sorted(Array.from(members, (i) => values[i]!)), 0.5),
		values: sorted(Array.from(members, (i) => accuracy[i]!)),
	}));
}

/** One trace for each group of epochs. */
function pointTraces(
	columns: TrialColumns,
	{ best, accuracy }: SearchRuns,
	parameter: Parameter,
	{ theme }: PlotOptions,
): ScatterTrace[] {
	const epochs = Float64Array.from(best, (trial) => columns.epoch[trial]!);
	const bins = epochBins(epochs);
	const palette = paletteOf(theme);
	const shades = shadesOf(palette, bins.length);
	const name = nameReader(columns);
	return bins.map(({ from, to, members }, group) => ({
		type: 'scatter',
		mode: 'markers',
		name: from === to ? `Best at epoch ${from}` : `Best at epochs ${from} to ${to}`,
		x: Float64Array.from(members, (i) => parameter.values[i]!),
		y: Float64Array.from(members, (i) => accuracy[i]!),
		marker: {
			color: shades[group] ?? palette.text,
			symbol: palette.series(group).symbol,
			size: 5,
			opacity: 0.55,
		},
		text: Array.from(members, (i) => {
			const value = valueText(parameter, parameter.values[i]!);
			return `${name(best[i]!)}<br>${plotName(parameter.name)} ${value}<br>Epoch ${epochs[i]!}`;
		}),
		hovertemplate: '%{text}: %{y:.4f}<extra></extra>',
	}));
}

function epochBins(epochs: Float64Array) {
	const each = quantileBins(epochs, epochs.length);
	return each.length <= EPOCH_GROUPS ? each : quantileBins(epochs, EPOCH_GROUPS);
}

function imageTrace(
	columns: TrialColumns,
	{ best, pool }: SearchRuns,
	{ name, log }: Parameter,
	{ theme }: PlotOptions,
): Trace[] {
	const image = scatter(columns, best, {
		x: `prm.${name}`,
		y: 'accuracy',
		xLog: log,
		yLog: false,
		width: ACROSS,
		height: UP,
		maxPoints: 0,
	});
	const x = { cells: ACROSS, scale: 1, title: plotName(name), unit: 'plain', log } as const;
	const score = plotText(metricTitle(pool.metrics[0] ?? ''));
	const y = { cells: UP, scale: 1, title: score, unit: 'fraction' } as const;
	return [densityImage(image, x, y, paletteOf(theme), 'Runs').trace];
}

function medianTrace(
	parameter: Parameter,
	groups: readonly Group[],
	{ theme }: PlotOptions,
): ScatterTrace {
	const { text } = paletteOf(theme);
	return {
		type: 'scatter',
		// Choices have no order that a line could follow.
		mode: parameter.choices.length > 0 ? 'markers' : 'lines+markers',
		name: 'Median',
		x: Float64Array.from(groups, ({ at }) => at),
		y: Float64Array.from(groups, ({ values }) => quantile(values, 0.5)),
		line: { color: text, width: 2.5 },
		marker: { color: text, symbol: 'diamond', size: 7 },
		text: groups.map(
			({ from, to, values }) =>
				`${plotName(parameter.name)} ${rangeText(parameter, from, to)}<br>Median of ${counted(values.length, 'run')} ${fractionText(quantile(values, 0.5))}<br>Quartiles ${fractionText(quantile(values, 0.25))} and ${fractionText(quantile(values, 0.75))}`,
		),
		hovertemplate: '%{text}<extra></extra>',
	};
}

function rangeText(parameter: Parameter, from: number, to: number): string {
	const text = valueText(parameter, from);
	return from === to ? text : `${text} to ${valueText(parameter, to)}`;
}

function notesOf(search: SearchRuns, { choices }: Parameter, chosen: readonly string[]): string[] {
	const notes = [...search.notes];
	if (search.best.length > MAX_POINTS && choices.length === 0)
		notes.push(`Density of all ${counted(search.best.length, 'run')}.`);
	if (chosen.length > 1)
		notes.push(
			`One hyperparameter is drawn at a time: ${plotName(chosen[0]!)}, the first of ${countText(chosen.length)} chosen.`,
		);
	return notes;
}

/** The groups; each point is a record of the explorer. */
function tableOf(
	{ pool }: SearchRuns,
	parameter: Parameter,
	groups: readonly Group[],
): FigureColumn[] {
	const { name, choices } = parameter;
	const score = metricWords(pool);
	const numbers = (title: string, of: (group: Group) => number): FigureColumn => ({
		title,
		unit: 'plain',
		values: Float64Array.from(groups, of),
	});
	const fractions = (title: string, q: number): FigureColumn => ({
		title: `${title} ${score}`,
		unit: 'fraction',
		values: Float64Array.from(groups, ({ values }) => quantile(values, q)),
	});
	return [
		...(choices.length > 0
			? [
					{
						title: name,
						unit: 'none' as const,
						values: groups.map(({ from }) => choices[from] ?? ''),
					},
				]
			: [numbers(`${name} from`, ({ from }) => from), numbers(`${name} to`, ({ to }) => to)]),
		{
			title: 'Runs',
			unit: 'count',
			values: Float64Array.from(groups, ({ values }) => values.length),
		},
		fractions('Lower quartile of', 0.25),
		fractions('Median', 0.5),
		fractions('Upper quartile of', 0.75),
		fractions('Highest', 1),
	];
}

function summaryOf(search: SearchRuns, parameter: Parameter, groups: readonly Group[]): string {
	const medians = groups.map(({ values }) => quantile(values, 0.5));
	const best = groups[medians.indexOf(Math.max(...medians))];
	const name = displayName(parameter.name);
	const range =
		parameter.choices.length > 0
			? `${counted(parameter.choices.length, 'choice', 'choices')} of ${name}`
			: `${name} from ${numberText(parameter.low)} to ${numberText(parameter.high)}`;
	const where =
		best &&
		(parameter.choices.length > 0
			? displayName(parameter.choices[best.from] ?? '')
			: `${name} ${rangeText(parameter, best.from, best.to)}`);
	return `Best ${metricWords(search.pool)} of ${counted(search.best.length, 'run')} of ${search.pool.name} over ${range}; the median is highest, ${fractionText(Math.max(...medians))}, at ${where ?? '–'}.`;
}
