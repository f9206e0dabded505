/** The value of every trial in the order of their numbers, and the best value so far. */
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { paletteOf } from '../../stats/plots/palette';
import { numberText } from '../../stats/plots/prm-axis';
import type { Figure, ScatterTrace } from '../../stats/plots/plot';
import { plotName } from '../../stats/plots/text';
import { counted } from '../../stats/plots/words';
import type { StudyTrial } from '../study/study';
import type { PlotStudy, StudyPlotOptions, StudyPlotSpec } from './plot';
import { betterOf, completeValue, endValue, marked, markedNote, MOST_MARKS } from './trials';

export const history: StudyPlotSpec = {
	id: 'history',
	title: 'History',
	about: 'The value of every trial by its number, and the best value so far.',
	controls: [],
	ratio: 0.5,
	compares: true,
	draw(studies, options) {
		const drawn = studies.filter(({ trials }) =>
			trials.some((one) => !Number.isNaN(endValue(one))),
		);
		if (drawn.length === 0)
			return emptyFigure(history, options, 'No trial with a value passes the filter yet.');
		const notes: string[] = [];
		const data = drawn.flatMap((study, place) =>
			tracesOf(study, place, drawn.length > 1, options, notes),
		);
		return {
			data,
			layout: layoutOf(history.title, options, {
				xaxis: { type: 'linear', title: { text: 'Trial' } },
				yaxis: { type: 'linear', title: { text: 'Objective value' } },
			}),
			title: history.title,
			summary: drawn.map(summaryOf).join(' '),
			used: drawn.reduce((sum, { trials }) => sum + trials.length, 0),
			notes,
			table: tableOf(drawn),
		};
	},
};

/** A small group is still seen. */
const LEAST_MARKS = 50;

function tracesOf(
	study: PlotStudy,
	place: number,
	several: boolean,
	{ theme }: StudyPlotOptions,
	notes: string[],
): ScatterTrace[] {
	const palette = paletteOf(theme);
	const prefix = several ? `${plotName(study.name)}: ` : '';
	const color = palette.series(several ? place : 0).color;
	const groups = [
		{ name: 'Trial', symbol: 'circle', keep: isComplete },
		{ name: 'Pruned, last report', symbol: 'x', keep: isPruned },
		{ name: 'From LEMUR’s statistics', symbol: 'diamond', keep: isObservation },
	] as const;
	// The groups of a study share its marks by their size.
	const all = study.trials.length;
	const mostOf = (some: number) => Math.max(LEAST_MARKS, Math.round((MOST_MARKS * some) / all));
	const points = groups.flatMap(({ name, symbol, keep }): ScatterTrace[] => {
		const trials = study.trials.filter((one) => keep(one) && !Number.isNaN(endValue(one)));
		if (trials.length === 0) return [];
		const x = Float64Array.from(trials, ({ number }) => number);
		const y = Float64Array.from(trials, endValue);
		const shown = marked(x, y, mostOf(trials.length));
		notes.push(...markedNote(shown.length, trials.length));
		return [
			{
				type: 'scatter',
				mode: 'markers',
				name: prefix + name,
				x: Float64Array.from(shown, (i) => x[i]!),
				y: Float64Array.from(shown, (i) => y[i]!),
				marker: {
					color: symbol === 'circle' ? color : palette.muted,
					size: several ? 4 : 6,
					symbol,
					opacity: 0.65,
				},
				text: Array.from(shown, (i) => `Trial ${x[i]}: ${numberText(y[i]!)}`),
				hovertemplate: '%{text}<extra></extra>',
			},
		];
	});
	const best = bestLine(study);
	const line: ScatterTrace = {
		type: 'scatter',
		mode: 'lines',
		name: `${prefix}Best so far`,
		x: best.x,
		y: best.y,
		line: { color: several ? color : palette.series(1).color, width: 2 },
		hovertemplate: 'Best after trial %{x}: %{y}<extra></extra>',
	};
	return best.x.length > 0 ? [...points, line] : points;
}

const isObservation = ({ origin, state }: StudyTrial) =>
	origin === 'statistics' && state === 'COMPLETE';
const isComplete = ({ origin, state }: StudyTrial) =>
	origin !== 'statistics' && state === 'COMPLETE';
const isPruned = ({ state }: StudyTrial) => state === 'PRUNED';

/** Steps: a corner where the best value changes, and the last trial. */
function bestLine({ trials, direction }: PlotStudy): { x: number[]; y: number[] } {
	const x: number[] = [];
	const y: number[] = [];
	let best = NaN;
	for (const trial of trials) {
		if (!isComplete(trial)) continue;
		const next = betterOf(direction, best, completeValue(trial));
		if (next === best || Number.isNaN(next)) continue;
		if (!Number.isNaN(best)) {
			x.push(trial.number);
			y.push(best);
		}
		x.push(trial.number);
		y.push(next);
		best = next;
	}
	const last = trials.at(-1)?.number;
	if (last !== undefined && x.length > 0 && last > x.at(-1)!) {
		x.push(last);
		y.push(best);
	}
	return { x, y };
}

function summaryOf(study: PlotStudy): string {
	const complete = study.trials.filter(isComplete);
	const best = complete.reduce(
		(so, trial) => betterOf(study.direction, so, completeValue(trial)),
		NaN,
	);
	const at = complete.find((trial) => completeValue(trial) === best);
	const found = at ? `best value ${numberText(best)} in trial ${at.number}` : 'no finished trial';
	return `${study.name}: ${counted(study.trials.length, 'trial')}, ${found}.`;
}

function tableOf(studies: readonly PlotStudy[]): Figure['table'] {
	const rows = studies.flatMap((study) => {
		let best = NaN;
		return study.trials.map((trial) => {
			if (isComplete(trial)) best = betterOf(study.direction, best, completeValue(trial));
			return { study: study.name, trial, best };
		});
	});
	return [
		...(studies.length > 1
			? [{ title: 'Study', unit: 'none' as const, values: rows.map(({ study }) => study) }]
			: []),
		{ title: 'Trial', unit: 'count', values: rows.map(({ trial }) => trial.number) },
		{ title: 'State', unit: 'none', values: rows.map(({ trial }) => trial.state) },
		{ title: 'Value', unit: 'plain', values: rows.map(({ trial }) => endValue(trial)) },
		{ title: 'Best so far', unit: 'plain', values: rows.map(({ best }) => best) },
	];
}
