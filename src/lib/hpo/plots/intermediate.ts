/** What trials reported on their way: the best ones as lines, all of them as a band. */
import { quantile } from '../../stats/quantile';
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { paletteOf, withAlpha } from '../../stats/plots/palette';
import { numberText } from '../../stats/plots/prm-axis';
import type { Figure, ScatterTrace } from '../../stats/plots/plot';
import { shadesOf } from '../../stats/plots/shades';
import { counted, countText } from '../../stats/plots/words';
import type { StudyTrial } from '../study/study';
import type { Direction } from '../trial';
import type { StudyPlotOptions, StudyPlotSpec } from './plot';

/** Lines drawn without a choice. */
const USUAL_TOP = 20;

export const intermediate: StudyPlotSpec = {
	id: 'intermediate',
	title: 'Intermediate values',
	about:
		'What each trial reported at every step. The best trials are lines, all of them together the grey band from the 10th to the 90th percentile, so that thousands stay readable.',
	controls: ['top'],
	ratio: 0.5,
	compares: false,
	draw([study], options) {
		const reported = (study?.trials ?? []).filter((trial) => trial.intermediate.size > 0);
		if (!study || reported.length === 0)
			return emptyFigure(
				intermediate,
				options,
				'No trial that passes the filter reported a value on its way. Only objectives that report every epoch do.',
			);
		const top = options.top ?? USUAL_TOP;
		const best = bestReported(reported, study.direction, top);
		return {
			data: [...bandOf(reported, options), ...linesOf(best, options)],
			layout: layoutOf(
				intermediate.title,
				options,
				{
					xaxis: { type: 'linear', title: { text: 'Step' } },
					yaxis: { type: 'linear', title: { text: 'Reported value' } },
				},
				{ showlegend: best.length <= 10 },
			),
			title: intermediate.title,
			summary: `Reports of ${counted(reported.length, 'trial')}; the best is trial ${best[0]!.number}, which ended at ${numberText(lastReport(best[0]!))}.`,
			used: reported.length,
			notes:
				reported.length > best.length
					? [
							`${countText(best.length)} of ${counted(reported.length, 'trial')} are drawn as lines: those that ended best. The band is of all.`,
						]
					: [],
			table: tableOf(best),
		};
	},
};

/** No axis has a place for an infinity. */
const finite = (value: number) => (Number.isFinite(value) ? value : NaN);

function lastReport({ intermediate }: StudyTrial): number {
	let last = NaN;
	let at = -Infinity;
	for (const [step, value] of intermediate)
		if (step >= at) {
			at = step;
			last = value;
		}
	return last;
}

/** NaN is the worst value there is. */
function bestReported(
	trials: readonly StudyTrial[],
	direction: Direction,
	top: number,
): StudyTrial[] {
	const loss = (trial: StudyTrial) => {
		const value = lastReport(trial);
		if (Number.isNaN(value)) return Infinity;
		return direction === 'maximize' ? -value : value;
	};
	return trials
		.map((trial) => ({ trial, loss: loss(trial) }))
		.sort((a, b) => a.loss - b.loss || a.trial.number - b.trial.number)
		.slice(0, top)
		.map(({ trial }) => trial);
}

function linesOf(best: readonly StudyTrial[], { theme }: StudyPlotOptions): ScatterTrace[] {
	const shades = shadesOf(paletteOf(theme), best.length).reverse();
	return best
		.map((trial, place): ScatterTrace => {
			const steps = [...trial.intermediate.keys()].sort((a, b) => a - b);
			return {
				type: 'scatter',
				mode: steps.length === 1 ? 'markers' : 'lines',
				name: `Trial ${trial.number}`,
				x: steps,
				y: steps.map((step) => finite(trial.intermediate.get(step)!)),
				line: { color: shades[place]!, width: place === 0 ? 2.5 : 1.25 },
				marker: { color: shades[place]!, size: 6 },
				hovertemplate: `Trial ${trial.number}, step %{x}: %{y}<extra></extra>`,
			};
		})
		.reverse();
}

function bandOf(trials: readonly StudyTrial[], { theme }: StudyPlotOptions): ScatterTrace[] {
	const byStep = new Map<number, number[]>();
	for (const { intermediate } of trials)
		for (const [step, value] of intermediate) {
			if (!Number.isFinite(value)) continue;
			const values = byStep.get(step);
			if (values) values.push(value);
			else byStep.set(step, [value]);
		}
	const steps = [...byStep.keys()].sort((a, b) => a - b);
	if (trials.length < 5 || steps.length < 2) return [];
	const sorted = steps.map((step) => Float64Array.from(byStep.get(step)!).sort());
	const edge = (share: number) => sorted.map((values) => quantile(values, share));
	const colour = paletteOf(theme).muted;
	const plain = { type: 'scatter', mode: 'lines', x: steps, hoverinfo: 'skip' } as const;
	const none = { color: colour, width: 0 } as const;
	return [
		{ ...plain, y: edge(0.1), line: none, showlegend: false, legendgroup: 'band' },
		{
			...plain,
			y: edge(0.9),
			line: none,
			name: '10th to 90th percentile',
			legendgroup: 'band',
			fill: 'tonexty',
			fillcolor: withAlpha(colour, 0.2),
		},
	];
}

function tableOf(best: readonly StudyTrial[]): Figure['table'] {
	const rows = best.flatMap(({ number, intermediate }) =>
		[...intermediate].sort(([a], [b]) => a - b).map(([step, value]) => ({ number, step, value })),
	);
	return [
		{ title: 'Trial', unit: 'count', values: rows.map(({ number }) => number) },
		{ title: 'Step', unit: 'count', values: rows.map(({ step }) => step) },
		{ title: 'Reported value', unit: 'plain', values: rows.map(({ value }) => finite(value)) },
	];
}
