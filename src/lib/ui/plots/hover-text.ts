/** A trace's hover template as plain words, for the reader of the arrow keys. */
import type { Trace } from '../../stats/plots/plot';
import { plainText } from '../../stats/plots/text';

/** Values of a point by the names that templates use. */
export type HoverValues = ReadonlyMap<string, number | string>;

/** @returns the template with its values filled in: `<br>` is a comma, `<extra>` is left out */
export function hoverText(template: string, values: HoverValues): string {
	const filled = template
		.replace(/<extra>.*?<\/extra>/s, '')
		.replace(/%\{([^}:]+)(?::([^}]*))?\}/g, (_, name: string, format: string | undefined) =>
			valueText(values.get(name), format),
		);
	return plainText(filled.replace(/<br\s*\/?>/g, ', '));
}

/** @returns the value as Plotly would print it with a format of d3 such as `.4f`; without one, six digits */
export function valueText(value: number | string | undefined, format?: string): string {
	if (value === undefined) return '';
	if (typeof value === 'string') return value;
	if (Number.isNaN(value)) return 'nothing';
	const [, comma, digits, kind] = /^(,?)(?:\.(\d+))?([f%d]?)$/.exec(format ?? '') ?? [];
	const places = Number(digits ?? 0);
	if (kind === '%') return `${(value * 100).toFixed(places)}%`;
	if (kind === 'd' || kind === 'f')
		return value.toLocaleString('en-US', {
			useGrouping: comma === ',',
			minimumFractionDigits: kind === 'd' ? 0 : places,
			maximumFractionDigits: kind === 'd' ? 0 : places,
		});
	return String(Number(value.toPrecision(6)));
}

/** @returns what a template can name of a point; @param cell row and column of a heatmap's point */
export function hoverValues(
	trace: Trace,
	point: number,
	cell: { readonly row: number; readonly column: number },
): HoverValues {
	const values = new Map<string, number | string>();
	const set = (name: string, value: number | string | undefined) => {
		if (value !== undefined) values.set(name, value);
	};
	set('fullData.name', trace.name);
	set('text', trace.text?.[point]);
	if (trace.type === 'heatmap') {
		set('x', trace.x[cell.column]);
		set('y', trace.y[cell.row]);
		set('z', trace.z[cell.row]?.[cell.column]);
		set('customdata', trace.customdata?.[cell.row]?.[cell.column]);
		set('hovertext', trace.hovertext?.[cell.row]?.[cell.column]);
		return values;
	}
	set('x', trace.x[point]);
	if (trace.type === 'box') {
		for (const part of ['q1', 'median', 'q3', 'lowerfence', 'upperfence'] as const)
			set(part, trace[part][point]);
		return values;
	}
	set('y', trace.y[point]);
	if (trace.type === 'bar') set('hovertext', trace.hovertext?.[point]);
	return values;
}
