/** The value of trials along each hyperparameter, one panel for each. */
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { paletteOf } from '../../stats/plots/palette';
import { panelAxes, panelGrid } from '../../stats/plots/panels';
import { numberText, prmAxis, valueText } from '../../stats/plots/prm-axis';
import type { ScatterTrace } from '../../stats/plots/plot';
import { quantileBins } from '../../stats/plots/quantile-bins';
import { shadesOf } from '../../stats/plots/shades';
import { plotName } from '../../stats/plots/text';
import { counted } from '../../stats/plots/words';
import { tableOf } from './parallel';
import type { StudyPlotSpec } from './plot';
import {
	columnsOf,
	completeTrials,
	marked,
	markedNote,
	MOST_MARKS,
	parameterNames,
} from './trials';

const MAX_PANELS = 9;
/** Marks of all panels, and of one at least. */
const MARKS = 1_000;
const PANEL_MARKS = 150;
/** Parts of the study by time, told apart by colour. */
const PARTS = 4;

export const slice: StudyPlotSpec = {
	id: 'slice',
	title: 'Slices',
	about:
		'The value of each trial against one hyperparameter after the other. Later trials are darker: where they gather is where the search looked.',
	controls: ['prm'],
	ratio: 0.6,
	compares: false,
	draw([study], options) {
		const trials = study ? completeTrials(study) : [];
		const names = (options.prm ?? parameterNames(trials)).slice(0, MAX_PANELS);
		const columns = columnsOf(trials, names);
		if (columns.trials.length === 0 || names.length === 0)
			return emptyFigure(slice, options, 'No trial with a value passes the filter yet.');
		const panels = panelGrid(names.length);
		const numbers = Float64Array.from(columns.trials, ({ number }) => number);
		const parts = quantileBins(numbers, PARTS);
		const shades = shadesOf(paletteOf(options.theme), parts.length);
		const each = Math.max(PANEL_MARKS, Math.round(MARKS / names.length));
		const shown = marked(numbers, columns.values, Math.min(each, MOST_MARKS));
		const drawn = new Set(shown);
		const data = parts.flatMap(({ members, from, to }, part) =>
			columns.parameters.map((parameter, p): ScatterTrace => {
				const own = Array.from(members).filter((i) => drawn.has(i));
				return {
					type: 'scatter',
					mode: 'markers',
					name: from === to ? `Trial ${from}` : `Trials ${from} to ${to}`,
					legendgroup: `part ${part}`,
					showlegend: p === 0,
					xaxis: panels[p]!.xaxis,
					yaxis: panels[p]!.yaxis,
					x: own.map((i) => parameter.values[i]!),
					y: own.map((i) => columns.values[i]!),
					marker: { color: shades[part]!, size: 5, opacity: 0.75 },
					text: own.map(
						(i) =>
							`Trial ${numbers[i]}: ${numberText(columns.values[i]!)}<br>${plotName(parameter.name)} ${valueText(parameter, parameter.values[i]!)}`,
					),
					hovertemplate: '%{text}<extra></extra>',
				};
			}),
		);
		return {
			data,
			layout: layoutOf(
				slice.title,
				options,
				panelAxes(panels, (i) => ({
					x: prmAxis(columns.parameters[i]!),
					y: { type: 'linear', title: { text: 'Value' } },
				})),
				{
					annotations: panels.map(({ x, y }, i) => ({
						text: plotName(names[i]!),
						x: (x[0] + x[1]) / 2,
						y: y[1],
						...{ xref: 'paper', yref: 'paper', showarrow: false, yanchor: 'bottom' },
					})),
				},
			),
			title: slice.title,
			summary: `Values of ${counted(columns.trials.length, 'trial')} along ${counted(names.length, 'hyperparameter')}.`,
			used: columns.trials.length,
			notes: markedNote(shown.length, columns.trials.length),
			table: tableOf(columns),
		};
	},
};
