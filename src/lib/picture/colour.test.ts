import { describe, expect, it } from 'vitest';
import { colourAt, inkOn, parseColour } from './colour';

describe('parseColour(color)', () => {
	it.each([
		['#0a80ff', [10, 128, 255]],
		['rgba(1, 2, 3, 0.5)', [1, 2, 3]],
		['rgb(7,8,9)', [7, 8, 9]],
		['red', [0, 0, 0]],
		['#zz0000', [0, 0, 0]],
		['', [0, 0, 0]],
	])('%s', (color, rgb) => {
		expect(parseColour(color)).toEqual(rgb);
	});
});

describe('colourAt(scale, share)', () => {
	const scale = [
		[0, '#000000'],
		[0.5, '#ff0000'],
		[1, '#ffffff'],
	] as const;

	it('mixes its neighbours and stays at the ends beyond them', () => {
		expect(colourAt(scale, 0.25)).toBe('rgb(128,0,0)');
		expect(colourAt(scale, 0.75)).toBe('rgb(255,128,128)');
		expect([-1, 0, 2].map((share) => colourAt(scale, share))).toEqual([
			...['#000000', '#000000', '#ffffff'],
		]);
	});

	it('may jump, and has black for no scale', () => {
		const jump = [...scale.slice(0, 2), [0.5, '#00ff00'] as const, scale[2]];
		expect(colourAt(jump, 0.5)).toBe('rgb(255,0,0)');
		expect(colourAt(jump, 0.500001)).toBe('rgb(0,255,0)');
		expect(colourAt([], 0.5)).toBe('#000000');
	});
});

it('inkOn() is what is read on a colour', () => {
	expect(['#ffffff', '#ffff00', '#0000ff', '#000000'].map(inkOn)).toEqual([
		...['#000000', '#000000', '#ffffff', '#ffffff'],
	]);
});
