import { describe, expect, it } from 'vitest';
import type { Axis } from '../stats/plots/plot';
import { frameOf } from './frame';
import { paintAxis, paintGrid } from './paint-axis';
import { figureOf, recordingSurface } from './samples';
import type { Panel } from './scene';
import { themeOf } from './theme';

function painted(xaxis: Axis, bare = false) {
	const data = [{ type: 'scatter', mode: 'lines', x: [-5, 5], y: [1, 2] }] as const;
	const figure = figureOf(data, { xaxis, yaxis: { type: 'linear', zeroline: false } });
	const surface = recordingSurface();
	const theme = themeOf(figure.layout, bare);
	const frame = frameOf(figure, surface, theme);
	const [x, y] = [frame.scales.get('x')!, frame.scales.get('y')!];
	surface.drawn.length = 0;
	paintGrid({ x, y } as Panel, frame, surface, theme);
	const grid = surface.drawn.splice(0);
	paintAxis(x, frame, surface, theme);
	return { grid, axis: surface.drawn, frame };
}

describe('axes and grids', () => {
	it('draw a line at each tick, the one at zero apart', () => {
		const { grid, frame } = painted({ type: 'linear', range: [-5, 5] });
		const [lines, zeros] = grid;
		const strokes = (points: readonly number[]) => points.length / 6;
		const ticks = ['x', 'y'].map((id) => frame.looks.get(id)!.ticks.length);
		expect(strokes(zeros!.points)).toBe(1);
		expect(strokes(lines!.points)).toBe(ticks[0]! + ticks[1]! - 1);
		const plain = painted({ type: 'linear', range: [-5, 5], showgrid: false }).grid;
		expect(strokes(plain[0]!.points)).toBe(ticks[1]);
	});

	it('write each label at its tick, and the title in the middle', () => {
		const { axis, frame } = painted({ type: 'linear', title: { text: 'Epoch' }, tickformat: 'd' });
		const labels = axis.filter(({ kind }) => kind === 'text');
		const { ticks } = frame.looks.get('x')!;
		expect(labels.map(({ text }) => text)).toEqual([...ticks.map(({ label }) => label), 'Epoch']);
		const { from, to } = frame.scales.get('x')!;
		expect(labels.at(-1)!.points[0]).toBeCloseTo((from + to) / 2, 4);
	});

	it('leave the title out of a preview, and ticks where there are to be none', () => {
		const titled: Axis = { type: 'linear', title: { text: 'Epoch' } };
		expect(painted(titled, true).axis.some(({ text }) => text === 'Epoch')).toBe(false);
		expect(painted({ type: 'linear', tickvals: [] }).axis).toEqual([]);
	});

	it('shrink a long title before they cut it', () => {
		const titled = (times: number) => {
			const text = 'A title that its axis cannot hold, '.repeat(times);
			return painted({ type: 'linear', title: { text } }).axis.at(-1)!;
		};
		const [whole, smaller, cut] = [titled(1), titled(5), titled(20)];
		expect(smaller.style.size).toBeLessThan(whole.style.size!);
		expect(cut.style.size).toBeLessThan(smaller.style.size!);
		expect([whole, smaller, cut].map(({ text }) => text!.includes('…'))).toEqual([
			...[false, false, true],
		]);
	});
});
