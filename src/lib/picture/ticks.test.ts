import { describe, expect, test } from 'vitest';
import type { Axis } from '../stats/plots/plot';
import { positioner } from './scales';
import { shortNumber, ticksOf } from './ticks';

function labels(axis: Axis, range: readonly [number, number], most = 6, names: string[] = []) {
	const model = { id: 'x', axis, names, range, at: positioner(axis, names) };
	return ticksOf(model, most).map(({ label }) => label);
}

describe('ticksOf(model, most)', () => {
	test('linear: round numbers with as many decimals as tell them apart', () => {
		expect(labels({ type: 'linear' }, [-0.02, 1.01])).toEqual([
			'0.0',
			'0.2',
			'0.4',
			'0.6',
			'0.8',
			'1.0',
		]);
		expect(labels({ type: 'linear' }, [0, 41_000], 2)).toEqual(['0', '20,000', '40,000']);
	});

	test('whole numbers have no ticks between them', () => {
		expect(labels({ type: 'linear', tickformat: 'd' }, [0.8, 5.2], 12)).toEqual([
			'1',
			'2',
			'3',
			'4',
			'5',
		]);
		expect(labels({ type: 'linear', tickformat: 'd' }, [0.6, 1.4], 12)).toEqual(['1']);
	});

	test('logarithmic: powers of ten, further apart where many, 2 and 5 where few', () => {
		expect(labels({ type: 'log' }, [-5, -2], 4)).toEqual(['1e-5', '1e-4', '0.001', '0.01']);
		expect(labels({ type: 'log' }, [0, 12], 4)).toEqual(['1', '1,000', '1M', '1B', '1T']);
		expect(labels({ type: 'log' }, [0, 1], 6)).toEqual(['1', '2', '5', '10']);
		expect(labels({ type: 'log' }, [0.1, 0.3], 3)).toEqual(['1.4', '1.6', '1.8']);
		// At the ends of all numbers.
		expect(labels({ type: 'log' }, [-308, -307.6], 3)).toEqual(['1e-308', '2e-308']);
		expect(labels({ type: 'log' }, [308, 308.4], 3)).toEqual(['1e308']);
	});

	test('categories keep their order; a range leaves others out', () => {
		expect(labels({ type: 'category' }, [-0.5, 1.5], 1, ['b', '&lt;a&gt;', 'c'])).toEqual([
			'b',
			'<a>',
		]);
	});

	test('ticks that the figure names, at places on any axis', () => {
		const axis: Axis = { type: 'log', tickvals: [1, 60, 3600], ticktext: ['1 s', '1 min', '1 h'] };
		expect(labels(axis, [0, 2])).toEqual(['1 s', '1 min']);
		expect(labels({ type: 'linear', tickvals: [1, 2.5] }, [0, 3])).toEqual(['1.0', '2.5']);
	});

	test('a tick on the end of a range stays', () => {
		expect(labels({ type: 'linear', tickvals: [0.1 + 0.2] }, [0, 0.3])).toHaveLength(1);
	});
});

describe('shortNumber(value)', () => {
	test.each([
		[0, '0'],
		[-1.5, '−1.5'],
		[12_345, '12,345'],
		[2_500_000, '2.5M'],
		[3e9, '3B'],
		[0.00001, '1e-5'],
		[1e20, '1e20'],
	])('%d is %s', (value, text) => {
		expect(shortNumber(value)).toBe(text);
	});
});
