/** Which share of the trials has a value up to x: compares how studies searched, not only their best. */
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { paletteOf } from '../../stats/plots/palette';
import { numberText } from '../../stats/plots/prm-axis';
import type { Figure, ScatterTrace } from '../../stats/plots/plot';
import { plotName } from '../../stats/plots/text';
import { counted } from '../../stats/plots/words';
import { quantile } from '../../stats/quantile';
import type { PlotStudy, StudyPlotSpec } from './plot';
import { completeTrials, completeValue } from './trials';

/** Corners of a line; more cannot be told apart. */
const MOST_CORNERS = 500;

export const edf: StudyPlotSpec = {
	id: 'edf',
	title: 'Empirical distribution',
	about: 'The share of the trials whose value is at most x, for each study.',
	controls: [],
	ratio: 0.5,
	compares: true,
	draw(studies, options) {
		const drawn = studies.flatMap((study) => {
			const values = Float64Array.from(completeTrials(study), completeValue).sort();
			return values.length > 0 ? [{ study, values }] : [];
		});
		if (drawn.length === 0)
			return emptyFigure(edf, options, 'No trial with a value passes the filter yet.');
		const palette = paletteOf(options.theme);
		const data = drawn.map(({ study, values }, place): ScatterTrace => {
			const { color, dash } = palette.series(place);
			return {
				type: 'scatter',
				mode: 'lines',
				name: plotName(study.name),
				...stepsOf(values),
				line: { color, dash, width: 2 },
				hovertemplate: '%{y:.1%} of the trials are at most %{x}<extra></extra>',
			};
		});
		return {
			data,
			layout: layoutOf(
				edf.title,
				options,
				{
					xaxis: { type: 'linear', title: { text: 'Objective value' } },
					yaxis: { type: 'linear', title: { text: 'Share of trials' }, range: [0, 1.02] },
				},
				{ showlegend: drawn.length > 1 },
			),
			title: edf.title,
			summary: drawn.map(summaryOf).join(' '),
			used: drawn.reduce((sum, { values }) => sum + values.length, 0),
			notes: [],
			table: tableOf(drawn),
		};
	},
};

interface Drawn {
	readonly study: PlotStudy;
	readonly values: Float64Array;
}

/** Two points for each step, so that straight lines draw it. */
function stepsOf(ascending: Float64Array): { x: number[]; y: number[] } {
	const x: number[] = [];
	const y: number[] = [];
	const n = ascending.length;
	const every = Math.max(1, Math.ceil(n / MOST_CORNERS));
	let share = 0;
	for (let i = 0; i < n; i++) {
		if (i % every !== 0 && i !== n - 1) continue;
		x.push(ascending[i]!, ascending[i]!);
		y.push(share, (share = (i + 1) / n));
	}
	return { x, y };
}

function summaryOf({ study, values }: Drawn): string {
	return `${study.name}: half of ${counted(values.length, 'trial')} have a value of at most ${numberText(quantile(values, 0.5))}.`;
}

function tableOf(drawn: readonly Drawn[]): Figure['table'] {
	const shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];
	return [
		{ title: 'Study', unit: 'none', values: drawn.map(({ study }) => study.name) },
		{ title: 'Trials', unit: 'count', values: drawn.map(({ values }) => values.length) },
		...shares.map((share) => ({
			title: `Quantile ${share}`,
			unit: 'plain' as const,
			values: drawn.map(({ values }) => quantile(values, share)),
		})),
	];
}
