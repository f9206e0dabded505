/** When trials ran: a line from start to end for each, in the colour of its state. */
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { paletteOf } from '../../stats/plots/palette';
import type { Figure, ScatterTrace } from '../../stats/plots/plot';
import { counted, countText } from '../../stats/plots/words';
import type { StudyTrial } from '../study/study';
import type { TrialState } from '../trial';
import type { StudyPlotSpec } from './plot';

/** Trials drawn: the newest. */
const MOST = 300;
const STATES = ['COMPLETE', 'PRUNED', 'FAIL', 'RUNNING'] as const satisfies readonly TrialState[];

export const timeline: StudyPlotSpec = {
	id: 'timeline',
	title: 'Timeline',
	about: 'Each trial from its start to its end, by number and state.',
	controls: [],
	ratio: 0.6,
	compares: false,
	draw([study], options) {
		const timed = (study?.trials ?? []).filter(({ start }) => start !== null);
		if (timed.length === 0)
			return emptyFigure(timeline, options, 'No trial that passes the filter has a time.');
		const drawn = timed.slice(-MOST);
		const begin = drawn.reduce((least, { start }) => Math.min(least, start!), Infinity);
		const end = drawn.reduce((most, one) => Math.max(most, one.end ?? one.start!), begin);
		const unit = unitOf(end - begin);
		const palette = paletteOf(options.theme);
		const data = STATES.flatMap((state, s): ScatterTrace[] => {
			const own = drawn.filter((trial) => trial.state === state);
			if (own.length === 0) return [];
			const at = (ms: number) => (ms - begin) / unit.ms;
			return [
				{
					type: 'scatter',
					mode: 'lines',
					name: state,
					x: own.flatMap((trial) => [at(trial.start!), at(trial.end ?? end), NaN]),
					y: own.flatMap(({ number }) => [number, number, NaN]),
					text: own.flatMap((trial) => [textOf(trial), textOf(trial), '']),
					line: { color: palette.series(s).color, width: 3, dash: palette.series(s).dash },
					hovertemplate: '%{text}<extra></extra>',
				},
			];
		});
		return {
			data,
			layout: layoutOf(timeline.title, options, {
				xaxis: {
					type: 'linear',
					title: { text: `Time since the first trial drawn (${unit.name})` },
				},
				yaxis: { type: 'linear', title: { text: 'Trial' } },
			}),
			title: timeline.title,
			summary: `${counted(drawn.length, 'trial')} over ${((end - begin) / unit.ms).toFixed(1)} ${unit.name}, from ${new Date(begin).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
			used: timed.length,
			notes:
				drawn.length < timed.length
					? [
							`The newest ${countText(drawn.length)} of ${counted(timed.length, 'trial')} are drawn.`,
						]
					: [],
			table: tableOf(timed),
		};
	},
};

const UNITS = [
	{ name: 'days', ms: 86_400_000 },
	{ name: 'h', ms: 3_600_000 },
	{ name: 'min', ms: 60_000 },
	{ name: 's', ms: 1_000 },
] as const;

function unitOf(ms: number) {
	return UNITS.find((unit) => ms >= 2 * unit.ms) ?? UNITS[3];
}

function textOf({ number, state, start, end }: StudyTrial): string {
	if (end === null || start === null) return `Trial ${number}: ${state}`;
	return `Trial ${number}: ${state}, ${((end - start) / 1_000).toFixed(1)} s`;
}

function tableOf(trials: readonly StudyTrial[]): Figure['table'] {
	const time = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString());
	return [
		{ title: 'Trial', unit: 'count', values: trials.map(({ number }) => number) },
		{ title: 'State', unit: 'none', values: trials.map(({ state }) => state) },
		{ title: 'Start (UTC)', unit: 'none', values: trials.map(({ start }) => time(start)) },
		{ title: 'End (UTC)', unit: 'none', values: trials.map(({ end }) => time(end)) },
		{
			title: 'Duration',
			unit: 'ns',
			values: trials.map(({ start, end }) =>
				start === null || end === null ? NaN : (end - start) * 1e6,
			),
		},
	];
}
