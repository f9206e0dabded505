/**
 * An axis of nets, best on top. Their places are numbers: names that look alike when shortened would
 * fall together as categories.
 */
import type { Axis } from './plot';
import { plotName } from './text';

/** @param names as in the data, the first on top; net i stands at i */
export function netAxis(names: readonly string[]): Axis {
	return {
		type: 'linear',
		range: [names.length - 0.5, -0.5],
		tickvals: names.map((_, i) => i),
		ticktext: names.map(plotName),
		showgrid: false,
		zeroline: false,
		fixedrange: true,
	};
}
