/** Trials by two hyperparameters, coloured by how their value ranks among all. */
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { paletteOf } from '../../stats/plots/palette';
import { numberText, valueText } from '../../stats/plots/prm-axis';
import type { ScatterTrace } from '../../stats/plots/plot';
import { quantileBins } from '../../stats/plots/quantile-bins';
import { shadesOf } from '../../stats/plots/shades';
import { plotName } from '../../stats/plots/text';
import { counted } from '../../stats/plots/words';
import { tableOf } from './parallel';
import { planeAxes, planeOf } from './plane';
import type { StudyPlotSpec } from './plot';
import { marked, markedNote } from './trials';

const GROUPS = 5;
const NAMES = [
	'Worst fifth',
	'Second-worst fifth',
	'Middle fifth',
	'Second-best fifth',
	'Best fifth',
];

export const rank: StudyPlotSpec = {
	id: 'rank',
	title: 'Rank',
	about:
		'Trials by two of their hyperparameters, coloured by the fifth that their value is in: ranks show a pattern where a few extreme values would hide it.',
	controls: ['prm2'],
	ratio: 0.6,
	compares: false,
	draw([study], options) {
		const plane = planeOf(study, options);
		if (!study || typeof plane === 'string')
			return emptyFigure(rank, options, typeof plane === 'string' ? plane : '');
		const { columns, x, y } = plane;
		const bins = quantileBins(columns.values, GROUPS);
		const ordered = study.direction === 'maximize' ? bins : bins.reverse();
		const palette = paletteOf(options.theme);
		const shades = [...shadesOf(palette, ordered.length - 1), palette.series(1).color];
		const shown = new Set(marked(x.values, y.values));
		const data = ordered.map(({ members, from, to }, g): ScatterTrace => {
			const own = Array.from(members).filter((i) => shown.has(i));
			const name = ordered.length === GROUPS ? NAMES[g]! : `Group ${g + 1}`;
			return {
				type: 'scatter',
				mode: 'markers',
				name: `${name}: ${numberText(from)} to ${numberText(to)}`,
				x: own.map((i) => x.values[i]!),
				y: own.map((i) => y.values[i]!),
				marker: { color: shades[g] ?? palette.text, size: 7, opacity: 0.8 },
				text: own.map(
					(i) =>
						`Trial ${columns.trials[i]!.number}: ${numberText(columns.values[i]!)}<br>${plotName(x.name)} ${valueText(x, x.values[i]!)}<br>${plotName(y.name)} ${valueText(y, y.values[i]!)}`,
				),
				hovertemplate: '%{text}<extra></extra>',
			};
		});
		return {
			data,
			layout: layoutOf(rank.title, options, planeAxes(plane)),
			title: rank.title,
			summary: `${counted(columns.trials.length, 'trial')} over ${plotName(x.name)} and ${plotName(y.name)}, in ${ordered.length} groups by value.`,
			used: columns.trials.length,
			notes: markedNote(shown.size, columns.trials.length),
			table: tableOf(columns),
		};
	},
};
