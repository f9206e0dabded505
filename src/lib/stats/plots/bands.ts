/** A filled band around a line, as one polygon for each stretch without a gap. */
import { withAlpha } from './palette';
import type { ScatterTrace, Values } from './plot';

/**
 * `tonexty` would fill across gaps in Plotly; closed polygons cannot.
 * @param low @param high of equal length; a NaN in either leaves a gap
 * @param group the `legendgroup` of the line, so that both are shown and hidden together
 */
export function bandTrace(
	x: Values,
	low: Values,
	high: Values,
	color: string,
	group: string,
): ScatterTrace {
	const xs: number[] = [];
	const ys: number[] = [];
	for (const [from, to] of stretches(low, high)) {
		if (xs.length > 0) {
			xs.push(NaN);
			ys.push(NaN);
		}
		for (let i = from; i < to; i++) push(xs, ys, x[i]!, high[i]!);
		for (let i = to - 1; i >= from; i--) push(xs, ys, x[i]!, low[i]!);
	}
	return {
		type: 'scatter',
		mode: 'lines',
		legendgroup: group,
		showlegend: false,
		hoverinfo: 'skip',
		x: Float64Array.from(xs),
		y: Float64Array.from(ys),
		line: { color, width: 0 },
		fill: 'toself',
		fillcolor: withAlpha(color, 0.2),
	};
}

function push(xs: number[], ys: number[], x: number, y: number): void {
	xs.push(x);
	ys.push(y);
}

/** Half-open runs of indices where both ends are known. */
function* stretches(low: Values, high: Values): Iterable<readonly [from: number, to: number]> {
	let from = -1;
	for (let i = 0; i <= low.length; i++) {
		const known = i < low.length && !Number.isNaN(low[i]! + high[i]!);
		if (known && from < 0) from = i;
		if (!known && from >= 0) {
			yield [from, i];
			from = -1;
		}
	}
}
