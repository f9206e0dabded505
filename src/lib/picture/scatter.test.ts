import { describe, expect, test } from 'vitest';
import type { ScatterTrace } from '../stats/plots/plot';
import { brushOn, recordingSurface, scaleOfTen } from './samples';
import { onePerPlace, paintScatter } from './scatter';

function drawnBy(trace: Partial<ScatterTrace>, before?: number[], bare = false) {
	const surface = recordingSurface(100, 100);
	const whole: ScatterTrace = {
		type: 'scatter',
		mode: 'lines',
		x: [0, 5, 10],
		y: [0, 5, 10],
		...trace,
	};
	paintScatter(whole, scaleOfTen('x'), scaleOfTen('y'), brushOn(surface, bare), before);
	return surface.drawn;
}

describe('paintScatter(trace, x, y, brush, before)', () => {
	test('a line goes through its points and breaks where one is missing', () => {
		const [line, ...more] = drawnBy({ x: [0, 1, 2, 3], y: [0, NaN, 2, 3], line: { dash: 'dash' } });
		expect(line).toMatchObject({ kind: 'line', points: [0, 100, NaN, NaN, 20, 80, 30, 70] });
		expect(line!.style.dash!.length).toBe(2);
		expect(more).toEqual([]);
	});

	test('lines with markers draw both, markers above', () => {
		const drawn = drawnBy({
			mode: 'lines+markers',
			marker: { symbol: 'star', size: 9, color: '#ff0000' },
		});
		expect(drawn.map(({ kind }) => kind)).toEqual(['line', 'markers']);
		expect(drawn[1]).toMatchObject({ symbol: 'star', size: 9, style: { color: '#ff0000' } });
	});

	test('a line of no width is not drawn', () => {
		expect(drawnBy({ line: { width: 0 } })).toEqual([]);
	});

	test('a band reaches back to the trace before, an area to zero, a polygon to itself', () => {
		const fill = { fillcolor: 'rgba(1, 2, 3, 0.5)', line: { width: 0 } };
		const [band] = drawnBy({ ...fill, fill: 'tonexty' }, [0, 90, 50, 40, 100, 10]);
		expect(band!.points.slice(0, 12)).toEqual([0, 100, 50, 50, 100, 0, 100, 10, 50, 40, 0, 90]);
		const [area] = drawnBy({ ...fill, fill: 'tozeroy' });
		expect(area!.points).toEqual([0, 100, 50, 50, 100, 0, 100, 100, 0, 100]);
		const [polygon] = drawnBy({ ...fill, fill: 'toself' });
		expect(polygon!.points).toEqual([0, 100, 50, 50, 100, 0]);
		expect(drawnBy({ ...fill, fill: 'tonexty' })).toEqual([]);
	});

	test('a band without values at some points has parts', () => {
		const [band] = drawnBy({ x: [0, 1, 2], y: [1, NaN, 3], fill: 'tonexty', line: { width: 0 } }, [
			0,
			95,
			NaN,
			NaN,
			20,
			75,
		]);
		expect(band!.points).toEqual([0, 90, 0, 95, NaN, NaN, 20, 70, 20, 75, NaN, NaN]);
	});

	test('texts stand beside their points, plain', () => {
		const [first] = drawnBy({
			mode: 'text',
			text: ['&lt;a&gt;', '', 'c'],
			textposition: 'middle right',
		});
		expect(first).toMatchObject({ kind: 'text', text: '<a>', style: { anchor: 'start' } });
		expect(first!.points[0]).toBeGreaterThan(0);
	});

	test('error bars run from value − minus to value + plus', () => {
		const drawn = drawnBy({
			x: [5],
			y: [5],
			error_y: { type: 'data', symmetric: false, array: [2], arrayminus: [1] },
		});
		const bar = drawn.find(({ points }) => points.length === 18)!;
		expect(bar.points.slice(0, 4)).toEqual([50, 60, 50, 30]);
	});

	test('a preview draws lines without their markers', () => {
		expect(drawnBy({ mode: 'lines+markers' }, undefined, true).map(({ kind }) => kind)).toEqual([
			'line',
		]);
		expect(drawnBy({ mode: 'markers' }, undefined, true).map(({ kind }) => kind)).toEqual([
			'markers',
		]);
	});
});

describe('onePerPlace(points, width, height)', () => {
	test('drops what falls on a taken place, and only where there are many', () => {
		const points = Float64Array.from({ length: 200_000 }, (_, i) => (i >> 1) % 50);
		expect(onePerPlace(points, 100, 100).length).toBe(100);
		expect(onePerPlace(points.subarray(0, 1000), 100, 100).length).toBe(1000);
	});

	test('drops what lies outside or nowhere', () => {
		const points = new Float64Array(20_000).fill(NaN);
		points.set([-5, 5, 5, 500, 7, 8]);
		expect([...onePerPlace(points, 100, 100)]).toEqual([7, 8]);
	});
});
