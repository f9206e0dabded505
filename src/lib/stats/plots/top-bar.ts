/** nn-stat's `top10_models_bar`: the best nets by the mean over runs of the best value of each run. */
import { displayName } from '../../url/display-name';
import type { NetBest } from '../best-per-run';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { leadersOf, limitNotes, topOf } from './leaders';
import { netAxis } from './net-axis';
import { paletteOf } from './palette';
import type { BarTrace, Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec } from './plot';
import { metricWords, mixtureNotes, poolAxis, poolOf, type Pool } from './pool';
import { plotName } from './text';
import { counted, countText, fractionText } from './words';

export const topBar: PlotSpec = {
	id: 'top-bar',
	title: 'Best nets',
	about:
		'The nets of a leaderboard with the highest mean over their runs of the best value of each run.',
	group: 'nn-stat',
	controls: ['board', 'top'],
	top: 10,
	difference:
		'nn-stat averages over all datasets of a task, so a net that was only trained on an easy dataset comes first, and for text generation it averages accuracy and perplexity score together. Corrected compares within one leaderboard.',
	size: [10.5, 6.5],
	draw,
};

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const pool = poolOf(rows, options, 'board');
	if (!pool) return emptyFigure(topBar, options, NO_ROWS);
	const all = leadersOf(rows.columns, pool);
	const leaders = all.slice(0, topOf(topBar, options));
	const title = `${topBar.title}: ${pool.name}`;
	const highest = Math.max(...leaders.map(({ mean }) => mean));
	const axes = {
		// Room at the right for the number behind the longest bar.
		xaxis: { ...poolAxis(pool, 'Mean best per run:'), range: [0, highest * 1.12 || 1] as const },
		yaxis: netAxis(leaders.map(({ name }) => name)),
	};
	return {
		data: [barsOf(leaders, options)],
		layout: layoutOf(title, options, axes, { showlegend: false }),
		title,
		summary: summaryOf(pool, leaders, all.length),
		used: pool.ids.length,
		notes: [...mixtureNotes(pool, options), ...limitNotes(options)],
		table: tableOf(leaders),
	};
}

function barsOf(leaders: readonly NetBest[], { theme }: PlotOptions): BarTrace {
	return {
		type: 'bar',
		orientation: 'h',
		x: Float64Array.from(leaders, ({ mean }) => mean),
		y: Float64Array.from(leaders, (_, i) => i),
		text: leaders.map(({ mean }) => fractionText(mean)),
		textposition: 'outside',
		hovertext: leaders.map(
			({ name, mean, best }) =>
				`${plotName(name)}<br>Mean best per run ${fractionText(mean)}<br>${counted(best.length, 'run')}`,
		),
		hovertemplate: '%{hovertext}<extra></extra>',
		marker: { color: paletteOf(theme).series(0).color },
	};
}

function tableOf(leaders: readonly NetBest[]): FigureColumn[] {
	return [
		{ title: 'Net', unit: 'none', values: leaders.map(({ name }) => name) },
		{
			title: 'Mean best per run',
			unit: 'fraction',
			values: Float64Array.from(leaders, ({ mean }) => mean),
		},
		{ title: 'Runs', unit: 'count', values: Float64Array.from(leaders, ({ best }) => best.length) },
	];
}

function summaryOf(pool: Pool, leaders: readonly NetBest[], nets: number): string {
	const [first] = leaders;
	const last = leaders.at(-1);
	if (!first || !last) return NO_ROWS;
	const range =
		leaders.length === 1
			? `${fractionText(first.mean)}`
			: `${fractionText(first.mean)}, and ${displayName(last.name)} is number ${leaders.length} with ${fractionText(last.mean)}`;
	return `Of ${countText(nets)} ${nets === 1 ? 'net' : 'nets'} of ${pool.name}, ${displayName(first.name)} has the highest mean best ${metricWords(pool)} per run, ${range}.`;
}
