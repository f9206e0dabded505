/** Trials as lines over one axis for each hyperparameter and one for their value. */
import { emptyFigure } from '../../stats/plots/figure';
import { parallelLayout } from '../../stats/plots/parallel-axes';
import { paletteOf } from '../../stats/plots/palette';
import { numberText, placeOf, valueText } from '../../stats/plots/prm-axis';
import type { Figure, ScatterTrace } from '../../stats/plots/plot';
import { quantileBins, type Bin } from '../../stats/plots/quantile-bins';
import { sampleOf } from '../../stats/plots/sample';
import type { Parameter } from '../../stats/plots/search-runs';
import { shadesOf } from '../../stats/plots/shades';
import { plotName } from '../../stats/plots/text';
import { counted, countText } from '../../stats/plots/words';
import type { Direction } from '../trial';
import type { StudyPlotOptions, StudyPlotSpec } from './plot';
import { columnsOf, completeTrials, parameterNames, type Columns } from './trials';

const MAX_AXES = 12;
/** Groups of trials by value, told apart by colour. */
const GROUPS = 5;
const MAX_LINES = 400;

export const parallel: StudyPlotSpec = {
	id: 'parallel',
	title: 'Parallel coordinates',
	about:
		'Each trial is a line from one hyperparameter to the next and ends at its value. Fifths of the trials by value have a colour each.',
	controls: ['prm'],
	ratio: 0.5,
	compares: false,
	draw([study], options) {
		const trials = study ? completeTrials(study) : [];
		const names = (options.prm ?? parameterNames(trials)).slice(0, MAX_AXES);
		const columns = columnsOf(trials, names);
		if (!study || columns.trials.length === 0)
			return emptyFigure(parallel, options, 'No trial with a value passes the filter yet.');
		const axes = [...columns.parameters, valueAxis(columns)];
		const groups = groupsOf(columns, study.direction);
		const drawn = groups.map(({ members }) =>
			sampleOf(members, MAX_LINES / groups.length, [columns.values]),
		);
		const lines = drawn.reduce((sum, { length }) => sum + length, 0);
		return {
			data: tracesOf(columns, axes, groups, drawn, options),
			layout: parallelLayout(parallel.title, axes, options),
			title: parallel.title,
			summary: `${counted(columns.trials.length, 'trial')} over ${counted(names.length, 'hyperparameter')}; the best fifth has values from ${numberText(groups.at(-1)!.from)} to ${numberText(groups.at(-1)!.to)}.`,
			used: columns.trials.length,
			notes:
				lines < columns.trials.length
					? [
							`${countText(lines)} of ${counted(columns.trials.length, 'trial')} drawn, about as many of each colour; the groups are of all.`,
						]
					: [],
			table: tableOf(columns),
		};
	},
};

function valueAxis({ values }: Columns): Parameter {
	const ascending = values.slice().sort();
	return {
		name: 'Value',
		values,
		choices: [],
		low: ascending[0] ?? 0,
		high: ascending.at(-1) ?? 0,
		log: false,
		distinct: new Set(ascending).size,
	};
}

/** The best last, so that it is drawn over the others. */
function groupsOf({ values }: Columns, direction: Direction): Bin[] {
	const bins = quantileBins(values, GROUPS);
	return direction === 'maximize' ? bins : bins.reverse();
}

function tracesOf(
	{ trials }: Columns,
	axes: readonly Parameter[],
	groups: readonly Bin[],
	drawn: readonly Uint32Array[],
	{ theme }: StudyPlotOptions,
): ScatterTrace[] {
	const palette = paletteOf(theme);
	const shades = [...shadesOf(palette, groups.length - 1), palette.series(1).color];
	return groups.map(({ from, to }, g): ScatterTrace => {
		const members = Array.from(drawn[g]!);
		const range = from === to ? numberText(from) : `${numberText(from)} to ${numberText(to)}`;
		const text = (i: number) =>
			[
				`Trial ${trials[i]!.number}`,
				...axes.map((axis) => `${plotName(axis.name)} ${valueText(axis, axis.values[i]!)}`),
			].join('<br>');
		return {
			type: 'scatter',
			mode: 'lines',
			name: g === groups.length - 1 && groups.length > 1 ? `Best: ${range}` : range,
			x: members.flatMap(() => [...axes.keys(), NaN]),
			y: members.flatMap((i) => [...axes.map((axis) => placeOf(axis, axis.values[i]!)), NaN]),
			text: members.flatMap((i) => [...axes.map(() => text(i)), '']),
			line: { color: shades[g] ?? palette.text, width: g === groups.length - 1 ? 1.5 : 1 },
			opacity: 0.6,
			hovertemplate: '%{text}<extra></extra>',
		};
	});
}

/** Columns of all trials that are drawn, for plots over hyperparameters. */
export function tableOf({ trials, parameters, values }: Columns): Figure['table'] {
	return [
		{ title: 'Trial', unit: 'count', values: trials.map(({ number }) => number) },
		...parameters.map(({ name, values, choices }) =>
			choices.length > 0
				? {
						title: name,
						unit: 'none' as const,
						values: Array.from(values, (i) => choices[i] ?? ''),
					}
				: { title: name, unit: 'plain' as const, values },
		),
		{ title: 'Value', unit: 'plain', values },
	];
}
