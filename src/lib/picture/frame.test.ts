import { describe, expect, it } from 'vitest';
import { frameOf } from './frame';
import { curves, figureOf, recordingSurface } from './samples';
import { themeOf } from './theme';

function frame(figure = curves(3), bare = false, width = 1000, height = 600) {
	const surface = recordingSurface(width, height);
	return frameOf(figure, surface, themeOf(figure.layout, bare));
}

describe('frameOf()', () => {
	it('leaves room for title, labels, legend and notes, and stays on the surface', () => {
		const plain = frame();
		const noted = frame({ ...curves(3), notes: ['A note of some length. '.repeat(20)] });
		expect(noted.notes.length).toBeGreaterThan(1);
		expect(noted.area.height).toBeLessThan(plain.area.height);
		expect(plain.legend!.width).toBeLessThanOrEqual(0.25 * 1000);
		for (const { area } of [plain, noted]) {
			expect(area.x).toBeGreaterThan(0);
			expect(area.x + area.width + plain.legend!.width).toBeLessThan(1000);
			expect(area.y + area.height).toBeLessThan(600);
		}
	});

	it('is nearly all panel in a preview', () => {
		const { area, legend, title, notes } = frame(curves(3), true);
		expect([legend, title, notes]).toEqual([undefined, [], []]);
		expect(area.width * area.height).toBeGreaterThan(0.8 * 1000 * 600);
	});

	it('places axes by their share of the panels', () => {
		const axes = {
			xaxis: { type: 'linear', domain: [0, 0.4] },
			xaxis2: { type: 'linear', domain: [0.6, 1], anchor: 'y' },
			yaxis: { type: 'linear' },
		} as const;
		const base = { type: 'scatter', mode: 'lines', x: [0, 1], y: [0, 1] } as const;
		const { area, scales } = frame(figureOf([base, { ...base, xaxis: 'x2' }], axes));
		const [first, second] = [scales.get('x')!, scales.get('x2')!];
		expect(first.to).toBeCloseTo(area.x + 0.4 * area.width, 6);
		expect(second.from).toBeCloseTo(area.x + 0.6 * area.width, 6);
		expect(scales.get('y')!.from).toBeGreaterThan(scales.get('y')!.to);
	});

	it('never shrinks to nothing', () => {
		const { area } = frame(curves(30), false, 40, 30);
		expect([area.width, area.height].every((side) => side >= 20)).toBe(true);
	});
});
