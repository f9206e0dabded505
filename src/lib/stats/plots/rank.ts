/** nn-stat's `rank_heatmap_top10`: how the nets that cover most datasets rank within each of them. */
import { displayName } from '../../url/display-name';
import { rankTable, type RankTable } from '../rank-table';
import { compareText } from '../text-order';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { limitNotes, topOf } from './leaders';
import { netAxis } from './net-axis';
import { paletteOf } from './palette';
import type {
	Axis,
	Figure,
	FigureColumn,
	HeatmapTrace,
	PlotOptions,
	PlotRows,
	PlotSpec,
} from './plot';
import { metricWords, mixtureNotes, poolOf, type Pool } from './pool';
import { plotName } from './text';
import { counted, fractionText } from './words';

export const rank: PlotSpec = {
	id: 'rank',
	title: 'Ranks of nets by dataset',
	about:
		'Rank of each net within each dataset of a task by its mean best value per run (1 is best, equal values share the lower rank), for the nets that cover most datasets, then have the highest mean over datasets.',
	group: 'nn-stat',
	controls: ['board', 'top'],
	top: 10,
	difference:
		'nn-stat lists the nets by name and, for text generation, ranks by the mean of accuracy and perplexity score together. Corrected keeps to one metric and lists the nets in the order in which they were picked.',
	size: [12, 7],
	draw,
};

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const pool = poolOf(rows, options, 'task');
	if (!pool) return emptyFigure(rank, options, NO_ROWS);
	const table = rankTable(rows.columns, pool.ids, topOf(rank, options));
	const nets = orderOf(table, options);
	const title = `${rank.title}: ${pool.name}`;
	const axes = { xaxis: datasetAxis(table.datasets), yaxis: netAxis(nets.map(({ nn }) => nn)) };
	return {
		data: [cellsOf(table, nets, options)],
		layout: layoutOf(title, options, axes, { showlegend: false }),
		title,
		summary: summaryOf(pool, table),
		used: pool.ids.length,
		notes: notesOf(pool, options),
		table: tableOf(table, nets),
	};
}

/** nn-stat lists the nets by name. */
function orderOf({ nets }: RankTable, { mode }: PlotOptions): RankTable['nets'] {
	return mode === 'lemur' ? [...nets].sort((a, b) => compareText(a.nn, b.nn)) : nets;
}

/** Places are numbers, as those of the nets. */
function datasetAxis(datasets: readonly string[]): Axis {
	return {
		type: 'linear',
		title: { text: 'Dataset' },
		range: [-0.5, datasets.length - 0.5],
		tickvals: datasets.map((_, i) => i),
		ticktext: datasets.map(plotName),
		showgrid: false,
		zeroline: false,
		fixedrange: true,
	};
}

type Cell = RankTable['cells'][number];

/** @returns the cell of a net on a dataset; undefined where it has no run there */
function cellReader({ cells }: RankTable): (nn: string, dataset: string) => Cell | undefined {
	const key = (nn: string, dataset: string) => JSON.stringify([nn, dataset]);
	const known = new Map(cells.map((cell) => [key(cell.nn, cell.dataset), cell]));
	return (nn, dataset) => known.get(key(nn, dataset));
}

function cellsOf(table: RankTable, nets: RankTable['nets'], { theme }: PlotOptions): HeatmapTrace {
	const { datasets } = table;
	const at = cellReader(table);
	const map = <T>(of: (cell: Cell | undefined, nn: string, dataset: string) => T): T[][] =>
		nets.map(({ nn }) => datasets.map((dataset) => of(at(nn, dataset), nn, dataset)));
	const scale = paletteOf(theme).sequential;
	return {
		type: 'heatmap',
		x: datasets.map((_, i) => i),
		y: nets.map((_, i) => i),
		z: map((cell) => cell?.rank ?? NaN),
		customdata: map((cell) => (cell ? String(cell.rank) : '')),
		texttemplate: '%{customdata}',
		hovertext: map((cell, nn, dataset) => hoverText(cell, nn, dataset)),
		hovertemplate: '%{hovertext}<extra></extra>',
		// Rank 1 gets the strongest colour.
		colorscale: scale.map(([position], i) => [position, scale[scale.length - 1 - i]![1]]),
		zmin: 1,
		zmax: Math.max(2, ...table.cells.map(({ rank }) => rank)),
		showscale: false,
		hoverongaps: false,
	};
}

function hoverText(cell: Cell | undefined, nn: string, dataset: string): string {
	const head = `${plotName(nn)} on ${plotName(dataset)}`;
	if (!cell) return `${head}<br>no run`;
	return `${head}<br>Rank ${cell.rank}<br>Mean best per run ${fractionText(cell.mean)}<br>${counted(cell.runs, 'run')}`;
}

function notesOf(pool: Pool, options: PlotOptions): string[] {
	return [
		'Ranks are among the nets drawn.',
		...mixtureNotes({ ...pool, datasets: [] }, options),
		...limitNotes(options),
	];
}

/** A row a net and dataset, in the order drawn. */
function tableOf(table: RankTable, nets: RankTable['nets']): FigureColumn[] {
	const at = cellReader(table);
	const rows = nets.flatMap((net) =>
		table.datasets.flatMap((dataset) => {
			const cell = at(net.nn, dataset);
			return cell ? [{ net, cell }] : [];
		}),
	);
	const column = (
		title: string,
		unit: FigureColumn['unit'],
		of: (row: (typeof rows)[number]) => number,
	): FigureColumn => ({ title, unit, values: Float64Array.from(rows, of) });
	return [
		{ title: 'Net', unit: 'none', values: rows.map(({ net }) => net.nn) },
		{ title: 'Dataset', unit: 'none', values: rows.map(({ cell }) => cell.dataset) },
		column('Rank', 'count', ({ cell }) => cell.rank),
		column('Mean best per run', 'fraction', ({ cell }) => cell.mean),
		column('Runs', 'count', ({ cell }) => cell.runs),
		column('Datasets of the net', 'count', ({ net }) => net.datasets),
		column('Mean over datasets', 'fraction', ({ net }) => net.mean),
	];
}

function summaryOf(pool: Pool, { datasets, cells, nets }: RankTable): string {
	const firsts = (nn: string) => cells.filter((cell) => cell.nn === nn && cell.rank === 1).length;
	const [best] = [...nets].sort((a, b) => firsts(b.nn) - firsts(a.nn));
	if (!best) return NO_ROWS;
	return `Of the ${counted(nets.length, 'net')} of ${displayName(pool.task)} on most datasets, ${displayName(best.nn)} is first most often by mean best ${metricWords(pool)} per run: on ${firsts(best.nn)} of ${counted(datasets.length, 'dataset')}.`;
}
