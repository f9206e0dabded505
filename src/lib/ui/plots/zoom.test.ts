import { describe, expect, it } from 'vitest';
import { FIGURE } from './testing';
import { brushed, brushText, windowOf } from './zoom';

const drawn = new Map([
	['xaxis', [-1, 2]],
	['yaxis', [0, 1]],
] as const);

describe('windowOf(figure, changed, drawn)', () => {
	it('is in axis units: the logarithms of a log axis are taken back', () => {
		const changed = new Map([['xaxis', [0, 1]]] as const);
		expect(windowOf(FIGURE, changed, drawn)).toEqual({ xMin: 1, xMax: 10, yMin: 0, yMax: 1 });
	});

	it('is in order even where an axis is turned round', () => {
		const changed = new Map([['yaxis', [0.9, 0.2]]] as const);
		expect(windowOf(FIGURE, changed, drawn)).toMatchObject({ yMin: 0.2, yMax: 0.9 });
	});

	it('is none where an axis has no range or no extent', () => {
		expect(windowOf(FIGURE, new Map([['xaxis', [1, 1]]] as const), drawn)).toBeUndefined();
		expect(windowOf(FIGURE, new Map(), new Map())).toBeUndefined();
	});
});

describe('brushed(filter, figure, changed)', () => {
	it('turns both ranges into conditions in the units of the fields', () => {
		const changed = new Map([
			['xaxis', [0, Math.log10(2)]],
			['yaxis', [0.123456789, 0.5]],
		] as const);
		expect(brushed({ dataset: ['mnist'] }, FIGURE, changed)).toEqual({
			dataset: ['mnist'],
			metric: ['acc'],
			duration: { min: 3600e9, max: 7200e9 },
			accuracy: { min: 0.12346, max: 0.5 },
		});
	});

	it('makes no condition of an axis that was not dragged', () => {
		const changed = new Map([['yaxis', [0.25, 0.5]]] as const);
		expect(brushed({}, FIGURE, changed)).toEqual({
			metric: ['acc'],
			accuracy: { min: 0.25, max: 0.5 },
		});
	});

	it('keeps whole epochs, at least one', () => {
		const figure = { ...FIGURE, brush: { y: { field: 'epoch', scale: 1 } } } as const;
		const drag = (from: number, to: number) =>
			brushed({}, figure, new Map([['yaxis', [from, to]]] as const))?.epoch;
		expect(drag(0.7, 3.2)).toEqual({ min: 1, max: 3 });
		expect(drag(1.2, 1.6)).toEqual({ min: 2, max: 2 });
	});

	it('is none where the figure offers no axis', () => {
		expect(
			brushed({}, { ...FIGURE, brush: {} }, new Map([['yaxis', [0, 1]]] as const)),
		).toBeUndefined();
	});
});

describe('brushText(figure, title)', () => {
	it('names what a brush makes conditions of', () => {
		expect(brushText(FIGURE, (field) => field)).toBe('duration and accuracy');
		expect(brushText({ ...FIGURE, brush: {} }, (field) => field)).toBe('');
	});
});
