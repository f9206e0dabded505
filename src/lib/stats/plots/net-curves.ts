/** Curves of nets by epoch as traces, with their hovers and the table behind them. */
import { metricTitle } from '../fields';
import { bandTrace } from './bands';
import type { NetMeans } from './net-means';
import type { Palette, SeriesStyle } from './palette';
import type { FigureColumn, ScatterTrace } from './plot';
import { plotName } from './text';
import { counted, countText, exactTimeText, fractionText } from './words';

/** Above it, nets of one colour share a series: no legend of thousands can be read, nor drawn. */
export const MAX_SERIES = 100;
/** Colours before the palette repeats them. */
const COLOURS = 8;

/** Curves that are drawn, hidden and named together. */
export interface CurveSeries {
	readonly name: string;
	readonly group: string;
	readonly style: SeriesStyle;
	readonly nets: readonly NetMeans[];
}

/** @returns a series a net, or one a colour for more than {@link MAX_SERIES} */
export function seriesOf(nets: readonly NetMeans[], palette: Palette): CurveSeries[] {
	if (nets.length <= MAX_SERIES)
		return nets.map((net, i) => ({
			name: plotName(net.nn),
			group: String(i),
			style: palette.series(i),
			nets: [net],
		}));
	return Array.from({ length: COLOURS }, (_, colour) => {
		const own = nets.filter((_, i) => i % COLOURS === colour);
		const style = { ...palette.series(colour), dash: 'solid' as const };
		return { name: counted(own.length, 'net'), group: String(colour), style, nets: own };
	});
}

/** @returns the values of the nets one after another, with a gap between two */
export function joined(
	nets: readonly NetMeans[],
	of: (net: NetMeans) => Float64Array,
): Float64Array {
	const parts = nets.map(of);
	const length = parts.reduce((sum, part) => sum + part.length + 1, -1);
	const all = new Float64Array(Math.max(0, length)).fill(NaN);
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length + 1;
	}
	return all;
}

/** The line of means with its dots; a net of one epoch is a dot. */
export function meanTrace({ name, group, style, nets }: CurveSeries): ScatterTrace {
	return {
		type: 'scatter',
		mode: 'lines+markers',
		name,
		legendgroup: group,
		x: joined(nets, ({ epochs }) => epochs),
		y: joined(nets, ({ mean }) => mean),
		line: { color: style.color, dash: style.dash, width: 2 },
		marker: { color: style.color, symbol: style.symbol, size: 5 },
		text: nets.length === 1 ? nets.flatMap(hoverTexts) : namesOf(nets),
		hovertemplate: `%{text}${nets.length === 1 ? '' : '<br>Epoch %{x}: %{y:.4f}'}<extra></extra>`,
	};
}

/** One standard deviation to either side; none where a single record leaves it undefined. */
export function stdBand({ group, style, nets }: CurveSeries): ScatterTrace {
	const side = (sign: number) =>
		joined(nets, ({ mean, std }) => mean.map((value, i) => value + sign * std[i]!));
	return bandTrace(
		joined(nets, ({ epochs }) => epochs),
		side(-1),
		side(1),
		style.color,
		group,
	);
}

function hoverTexts({ nn, epochs, mean, std, n, time }: NetMeans): string[] {
	const name = plotName(nn);
	return Array.from(mean, (value, i) => {
		const spread = Number.isNaN(std[i]!) ? '' : ` ± ${fractionText(std[i]!)}`;
		return `${name}<br>Epoch ${epochs[i]}: ${fractionText(value)}${spread}, n = ${countText(n[i]!)}<br>Mean time so far ${exactTimeText(time[i]!)}`;
	});
}

/** Of thousands of nets the hover says which, no more: every text is made before it is asked for. */
function namesOf(nets: readonly NetMeans[]): string[] {
	return nets.flatMap(({ nn, mean }, place) => {
		const names = Array<string>(mean.length).fill(plotName(nn));
		return place === 0 ? names : ['', ...names];
	});
}

/** @returns the means of the nets, a row a net and epoch */
export function meansTable(nets: readonly NetMeans[], metric: string): FigureColumn[] {
	const numbers = (
		title: string,
		unit: FigureColumn['unit'],
		of: (net: NetMeans) => ArrayLike<number>,
	): FigureColumn => ({
		title,
		unit,
		values: Float64Array.from(nets.flatMap((net) => Array.from(of(net)))),
	});
	return [
		{
			title: 'Net',
			unit: 'none',
			values: nets.flatMap(({ nn, mean }) => Array<string>(mean.length).fill(nn)),
		},
		numbers('Epoch', 'count', ({ epochs }) => epochs),
		numbers(`Mean ${metricTitle(metric)}`, 'fraction', ({ mean }) => mean),
		numbers('Standard deviation', 'fraction', ({ std }) => std),
		numbers('Records', 'count', ({ n }) => n),
		numbers('Mean time so far', 'ns', ({ time }) => time),
	];
}

/** @returns what of the nets is drawn, if not all; @param by why these */
export function drawnNote(all: number, drawn: number, by: string): string[] {
	return drawn === all ? [] : [`Drawn: ${counted(drawn, 'net')} of ${countText(all)}, ${by}.`];
}
