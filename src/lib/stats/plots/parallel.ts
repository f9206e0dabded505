/** Runs as lines over one axis for each hyperparameter and one for what they reached (parallel coordinates). */
import { displayName } from '../../url/display-name';
import type { TrialColumns } from '../columns';
import { metricTitle } from '../fields';
import { quantile, sorted } from '../quantile';
import { emptyFigure, NO_ROWS } from './figure';
import { paletteOf } from './palette';
import { parallelLayout } from './parallel-axes';
import type { Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { metricWords } from './pool';
import { numberText, placeOf, valueText } from './prm-axis';
import { quantileBins, type Bin } from './quantile-bins';
import { nameReader } from './run-names';
import { sampleOf } from './sample';
import {
	chosenNames,
	lacksParameter,
	searchRuns,
	usualFirst,
	varies,
	type Parameter,
	type SearchRuns,
} from './search-runs';
import { shadesOf } from './shades';
import { plotName } from './text';
import { counted, countText, fractionText } from './words';

/** Axes drawn without a choice, and at most. */
const USUAL_AXES = 5;
const MAX_AXES = 12;
/** Groups of runs by what they reach, told apart by colour. */
const GROUPS = 5;
/** Most runs drawn as lines, in each group as many as in the others: more hide each other. */
const MAX_LINES = 400;
/** The best group has a colour apart from the shades of the others. */
const BEST_SERIES = 1;
/** Hyperparameters that the sentence compares. */
const NAMED = 3;

export const parallel: PlotSpec = {
	id: 'parallel',
	title: 'Runs over their hyperparameters',
	about:
		'Parallel coordinates: each run is a line from one hyperparameter to the next and ends at the best value that it reached. Fifths of the runs by that value have a colour each.',
	group: 'Hyperparameters',
	controls: ['board', 'prm'],
	size: [12, 6],
	draw,
};

/** The runs, their axes from left to right, and their groups from the lowest values to the highest. */
interface Lines {
	readonly columns: TrialColumns;
	readonly search: SearchRuns;
	readonly axes: readonly Parameter[];
	readonly groups: readonly Bin[];
	/** by group: the runs that are drawn */
	readonly drawn: readonly Uint32Array[];
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const { columns } = rows;
	const chosen = chosenNames(columns, options);
	let shared = 0;
	const search = searchRuns(rows, options, (common) => {
		shared = common.length;
		return chosen?.slice(0, MAX_AXES) ?? usualFirst(common).slice(0, USUAL_AXES);
	});
	if (!search) return emptyFigure(parallel, options, NO_ROWS);
	const { parameters, pool, best } = search;
	if (parameters.length === 0 || best.length === 0)
		return emptyFigure(parallel, options, whyNot(search, chosen));
	const groups = quantileBins(search.accuracy, GROUPS);
	const drawn = groups.map(({ members }) =>
		sampleOf(members, MAX_LINES / groups.length, [search.accuracy]),
	);
	const lines = { columns, search, axes: [...parameters, scoreAxis(search)], groups, drawn };
	const title = `${parallel.title}: ${pool.name}`;
	return {
		data: tracesOf(lines, options),
		layout: parallelLayout(title, lines.axes, options),
		title,
		summary: summaryOf(lines),
		used: pool.ids.length,
		notes: notesOf(lines, chosen?.length ?? shared),
		table: tableOf(lines),
		within: pool.within,
	};
}

function whyNot({ pool, parameters }: SearchRuns, chosen: readonly string[] | undefined): string {
	if (parameters.length === 0) return lacksParameter(pool, chosen?.[0]);
	const names = parameters.map(({ name }) => displayName(name)).join(', ');
	return `No run of ${pool.name} here has all of ${names}. Choose fewer hyperparameters.`;
}

/** What was reached, as the last axis. */
function scoreAxis({ accuracy, pool }: SearchRuns): Parameter {
	const ascending = sorted(accuracy);
	return {
		name: metricTitle(pool.metrics[0] ?? ''),
		values: accuracy,
		choices: [],
		low: ascending[0] ?? NaN,
		high: ascending.at(-1) ?? NaN,
		log: false,
		distinct: new Set(ascending).size,
	};
}

/** One trace a group, the best on top of the others. */
function tracesOf({ columns, search, axes, groups, drawn }: Lines, { theme }: PlotOptions) {
	const palette = paletteOf(theme);
	const shades = [...shadesOf(palette, groups.length - 1), palette.series(BEST_SERIES).color];
	const name = nameReader(columns);
	return groups.map((group, g): ScatterTrace => {
		const runs = drawn[g]!;
		const texts = Array.from(runs, (run) => runText(name(search.best[run]!), axes, run));
		return {
			type: 'scatter',
			mode: 'lines',
			name: groupName(group, groups),
			x: Array.from(runs).flatMap(() => [...axes.keys(), NaN]),
			y: Array.from(runs).flatMap((run) => [
				...axes.map((axis) => placeOf(axis, axis.values[run]!)),
				NaN,
			]),
			text: texts.flatMap((text) => [...axes.map(() => text), '']),
			line: { color: shades[g] ?? palette.text, width: g === groups.length - 1 ? 1.5 : 1 },
			opacity: 0.6,
			hovertemplate: '%{text}<extra></extra>',
		};
	});
}

function groupName({ from, to }: Bin, groups: readonly Bin[]): string {
	const range = from === to ? fractionText(from) : `${fractionText(from)} to ${fractionText(to)}`;
	if (groups.length < 2) return range;
	if (to === groups.at(-1)?.to) return `Best: ${range}`;
	return from === groups[0]?.from ? `Lowest: ${range}` : range;
}

function runText(net: string, axes: readonly Parameter[], run: number): string {
	const values = axes.map((axis) => `${plotName(axis.name)} ${valueText(axis, axis.values[run]!)}`);
	return [net, ...values].join('<br>');
}

function notesOf({ search, axes, drawn }: Lines, offered: number): string[] {
	const runs = search.best.length;
	const lines = drawn.reduce((sum, { length }) => sum + length, 0);
	const notes = [...search.notes];
	if (lines < runs)
		notes.push(
			`${countText(lines)} of ${counted(runs, 'run')} drawn, about as many of each colour; the groups are of all runs.`,
		);
	const shown = axes.length - 1;
	if (offered > shown)
		notes.push(
			`${countText(shown)} of ${countText(offered)} hyperparameters drawn; which ones can be chosen.`,
		);
	return notes;
}

/** Every run, the best first. */
function tableOf({ columns, search, axes }: Lines): FigureColumn[] {
	const { best, accuracy, parameters, pool } = search;
	const order = Uint32Array.from(accuracy.keys()).sort(
		(a, b) => accuracy[b]! - accuracy[a]! || a - b,
	);
	const { runs, run, configs, nns, epoch } = columns;
	const netOf = (i: number) => nns[configs.nn[runs.config[run[best[i]!]!]!]!] ?? '';
	return [
		{ title: 'Net', unit: 'none', values: Array.from(order, netOf) },
		...parameters.map(({ name, values, choices }): FigureColumn =>
			choices.length > 0
				? {
						title: name,
						unit: 'none',
						values: Array.from(order, (i) => choices[values[i]!] ?? ''),
					}
				: { title: name, unit: 'plain', values: Float64Array.from(order, (i) => values[i]!) },
		),
		{
			title: `Best ${metricWords(pool)}`,
			unit: 'fraction',
			values: Float64Array.from(order, (i) => axes.at(-1)!.values[i]!),
		},
		{ title: 'At epoch', unit: 'count', values: Float64Array.from(order, (i) => epoch[best[i]!]!) },
	];
}

function summaryOf({ search, groups }: Lines): string {
	const { pool, best, parameters } = search;
	const names = parameters.map(({ name }) => displayName(name)).join(', ');
	const head = `${counted(best.length, 'run')} of ${pool.name} over ${names}`;
	const top = groups.at(-1);
	if (!top || groups.length < 2) return `${head}.`;
	const numeric = parameters.filter((one) => varies(one) && one.choices.length === 0);
	const medians = numeric.slice(0, NAMED).map(({ name, values }) => {
		const own = median(Float64Array.from(top.members, (i) => values[i]!));
		return `${displayName(name)} ${numberText(own)} (${numberText(median(values))} in all)`;
	});
	const where = medians.length > 0 ? `, with medians of ${medians.join(', ')}` : '';
	return `${head}: the best ${counted(top.members.length, 'run')} reach ${fractionText(top.from)} to ${fractionText(top.to)}${where}.`;
}

const median = (values: Float64Array) => quantile(sorted(values), 0.5);
