/** The series of a figure, for a legend of buttons: Plotly's own cannot be reached by keyboard. */
import type { Dash, Figure, MarkerSymbol, Trace } from '../../stats/plots/plot';
import { plainText } from '../../stats/plots/text';

export interface Series {
	/** stands for all traces of the series */
	readonly key: string;
	/** plain text */
	readonly name: string;
	readonly color: string;
	/** absent: no line is drawn */
	readonly dash?: Dash;
	/** absent: no marker is drawn */
	readonly symbol?: MarkerSymbol;
	/** a filled patch, for bars, boxes and bands */
	readonly filled: boolean;
}

/**
 * @returns the series that a legend names, in the order of the traces, and for every trace the key of
 * its series; undefined for traces that belong to none, such as lines of reference
 */
export function seriesOf({ data, layout }: Pick<Figure, 'data' | 'layout'>): {
	readonly series: readonly Series[];
	readonly keys: readonly (string | undefined)[];
} {
	const series: Series[] = [];
	const own = data.map((trace, i) => trace.legendgroup ?? `trace ${i}`);
	const named = new Set<string>();
	for (const [i, trace] of data.entries()) {
		const key = own[i] ?? '';
		if (trace.showlegend === false || !trace.name || trace.type === 'heatmap' || named.has(key))
			continue;
		named.add(key);
		series.push({ key, name: plainText(trace.name), ...markOf(trace) });
	}
	const shown = layout.showlegend ? series : [];
	return { series: shown, keys: own.map((key) => (named.has(key) ? key : undefined)) };
}

function markOf(trace: Trace): Omit<Series, 'key' | 'name'> {
	if (trace.type === 'heatmap') return { color: 'currentColor', filled: true };
	if (trace.type === 'bar') return { color: trace.marker?.color ?? 'currentColor', filled: true };
	if (trace.type === 'box')
		return { color: trace.line?.color ?? trace.marker?.color ?? 'currentColor', filled: true };
	const lines = trace.mode.includes('lines');
	const markers = trace.mode.includes('markers');
	return {
		color: (lines ? trace.line?.color : undefined) ?? trace.marker?.color ?? 'currentColor',
		...(lines ? { dash: trace.line?.dash ?? 'solid' } : {}),
		...(markers ? { symbol: trace.marker?.symbol ?? 'circle' } : {}),
		filled: !lines && !markers,
	};
}
