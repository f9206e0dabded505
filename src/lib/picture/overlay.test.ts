import { describe, expect, it } from 'vitest';
import type { Annotation, Layout, Shape } from '../stats/plots/plot';
import { frameOf } from './frame';
import { paintAnnotations, paintShapes } from './overlay';
import { figureOf, recordingSurface } from './samples';
import { themeOf } from './theme';

function painted(rest: Partial<Layout>) {
	const data = [{ type: 'scatter', mode: 'lines', x: [0, 10], y: [0, 10] }] as const;
	const range = { type: 'linear', range: [0, 10] } as const;
	const figure = figureOf(data, { xaxis: range, yaxis: range }, rest);
	const surface = recordingSurface();
	const theme = themeOf(figure.layout, false);
	const frame = frameOf(figure, surface, theme);
	surface.drawn.length = 0;
	paintShapes(figure.layout, frame, surface);
	paintAnnotations(figure.layout, frame, surface, theme);
	return { drawn: surface.drawn, area: frame.area };
}

const shape: Shape = {
	...{ type: 'line', x0: 5, x1: 5, y0: 0, y1: 1, xref: 'x', yref: 'paper' },
	line: { color: '#ff0000', width: 2, dash: 'dash' },
};
const note: Annotation = {
	...{ text: 'a &lt; b', x: 0, y: 1, xref: 'paper', yref: 'paper', showarrow: false },
};

describe('what a layout places over the panels', () => {
	it('stands where its references say: on an axis, or as a share of the panels', () => {
		const { drawn, area } = painted({ shapes: [shape] });
		const [x0, y0, x1, y1] = drawn[0]!.points as [number, number, number, number];
		expect(x0).toBeCloseTo(area.x + area.width / 2, 4);
		expect(x1).toBe(x0);
		expect([y0, y1].map((y) => Math.round(y))).toEqual(
			[area.y + area.height, area.y].map((y) => Math.round(y)),
		);
	});

	it('is left out where it has no place', () => {
		expect(painted({ shapes: [{ ...shape, x0: NaN }] }).drawn).toEqual([]);
		expect(painted({ annotations: [{ ...note, x: 'none', xref: 'x' }] }).drawn).toEqual([]);
	});

	it('writes plain text, anchored towards the middle of the paper unless told otherwise', () => {
		const [text] = painted({ annotations: [note] }).drawn;
		expect(text).toMatchObject({ text: 'a < b', style: { anchor: 'start', align: 'top' } });
		const right = { ...note, x: 1, y: 0.5, yanchor: 'bottom' } as const;
		const [other] = painted({ annotations: [right] }).drawn;
		expect(other).toMatchObject({ style: { anchor: 'end', align: 'bottom' } });
	});
});
