import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	cellAxis,
	cellsOf,
	constantNote,
	placeOf,
	prmAxis,
	prmBrush,
	prmTicks,
	valueAt,
	valueText,
} from './prm-axis';
import type { Parameter } from './search-runs';

function numbers(values: readonly number[], log = false): Parameter {
	return {
		name: 'lr',
		values: Float64Array.from(values),
		choices: [],
		low: Math.min(...values),
		high: Math.max(...values),
		log,
		distinct: new Set(values).size,
	};
}

const choices = (names: readonly string[]): Parameter => ({
	...numbers(names.map((_, i) => i)),
	name: 'transform',
	choices: names,
});
const BATCHES = numbers([1, 2, 4, 8, 8, 16], true);

describe('prmAxis(parameter)', () => {
	it('has the scale of the search and room at its ends', () => {
		const axis = prmAxis(numbers([0, 1]));
		expect(axis).toMatchObject({ type: 'linear', title: { text: 'lr' } });
		expect(axis.range?.[0]).toBeLessThan(0);
		expect(axis.range?.[1]).toBeGreaterThan(1);
		const log = prmAxis(numbers([1e-5, 1e-3, 1], true));
		expect(log.type).toBe('log');
		expect(log.range?.[0]).toBeCloseTo(-5.125, 9);
	});

	it('has a tick at each of few values of a logarithmic axis, unless they are too near', () => {
		expect(prmAxis(BATCHES).tickvals).toEqual([1, 2, 4, 8, 16]);
		expect(prmAxis(numbers([1, 1.001, 1000], true))).not.toHaveProperty('tickvals');
		expect(prmAxis(numbers([0.1, 0.9]))).not.toHaveProperty('tickvals');
	});

	it('names choices, safe and short, and not all of very many', () => {
		const axis = prmAxis(choices(['<b>', 'x'.repeat(200)]));
		expect(axis.ticktext?.[0]).toBe('&lt;b&gt;');
		expect(axis.ticktext?.[1]?.length).toBeLessThan(30);
		const many = prmAxis(choices(Array.from({ length: 200 }, (_, i) => `t${i}`)));
		expect(many.tickvals?.length).toBe(40);
		expect(prmBrush(choices(['a']))).toBe(undefined);
		expect(prmBrush(BATCHES)).toEqual({ field: 'prm.lr', scale: 1 });
	});
});

describe('placeOf and valueAt', () => {
	it('are each other’s inverse from the least to the greatest value', () => {
		const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
		const ends = fc.tuple(within(1e-9, 1), within(1.1, 1e6));
		fc.assert(
			fc.property(ends, fc.boolean(), within(0, 1), ([low, high], log, place) => {
				const parameter = numbers([low, high], log);
				const value = valueAt(parameter, place);
				expect(placeOf(parameter, value)).toBeCloseTo(place, 9);
				expect(value).toBeGreaterThanOrEqual(low);
				expect(value).toBeLessThanOrEqual(high);
			}),
		);
	});

	it('put a single value into the middle', () => {
		expect(placeOf(numbers([3, 3]), 3)).toBe(0.5);
	});
});

describe('cellsOf(parameter, most)', () => {
	it('has a cell for each value where runs share few, whole at the ends of the axis', () => {
		const shared = numbers([1, 1, 2, 2, 4, 4], true);
		const cells = cellsOf(shared, 10);
		expect(cells.equal).toBe(false);
		expect([...cells.centres]).toEqual([1, 2, 4]);
		expect([4, 1, 2].map(cells.of)).toEqual([2, 0, 1]);
		const half = Math.log10(2) / 2;
		expect(cellAxis(shared, cells).range?.[0]).toBeCloseTo(-half, 9);
		expect(cellAxis(shared, cells).range?.[1]).toBeCloseTo(Math.log10(4) + half, 9);
	});

	it('has equal cells on the scale of the search otherwise, and every value is in one', () => {
		const spread = numbers([1e-4, 1e-3, 0.5, 1], true);
		const cells = cellsOf(spread, 4);
		expect(cells.equal).toBe(true);
		expect(Array.from(cells.to, (value) => Math.log10(value).toFixed(6))).toEqual([
			...['-3.000000', '-2.000000', '-1.000000', '0.000000'],
		]);
		expect([1e-4, 5e-4, 0.5, 1].map(cells.of)).toEqual([0, 0, 3, 3]);
		expect(cells.texts[0]).toBe('0.0001 to 0.001');
		const value = fc.double({ min: 1e-4, max: 1, noNaN: true });
		fc.assert(
			fc.property(value, (at) => {
				const cell = cells.of(at);
				expect(at).toBeGreaterThanOrEqual(cells.from[cell]! * (1 - 1e-9));
				expect(at).toBeLessThanOrEqual(cells.to[cell]! * (1 + 1e-9));
			}),
		);
	});

	it('has one cell for one value, and one for each choice', () => {
		expect(cellsOf(numbers([0.9]), 40).count).toBe(1);
		expect(cellsOf(choices(['a', 'b']), 40).texts).toEqual(['a', 'b']);
	});
});

describe('prmTicks(parameter, most)', () => {
	it('has both ends of a range that is narrower than any step', () => {
		const ticks = prmTicks(numbers([-5e-324, 5e-324]), 6);
		expect(ticks.map(({ text }) => text)).toEqual(['-5e-324', '5e-324']);
	});

	const texts = (parameter: Parameter, most: number) =>
		prmTicks(parameter, most).map(({ text }) => text);

	it('has round numbers, decades, values or choices, all on the axis', () => {
		expect(texts(numbers([0.03, 0.97]), 5)).toEqual(['0.2', '0.4', '0.6', '0.8']);
		const rates = Array.from({ length: 30 }, (_, i) => 2e-5 * 1.45 ** i);
		expect(texts(numbers(rates, true), 6)).toEqual(['0.0001', '0.001', '0.01', '0.1']);
		expect(texts(BATCHES, 6)).toEqual(['1', '2', '4', '8', '16']);
		expect(texts(choices(['a', 'b', 'c']), 6)).toEqual(['a', 'b', 'c']);
		expect(texts(numbers([5, 5]), 6)).toEqual(['5']);
		for (const { place } of prmTicks(numbers(rates, true), 6)) {
			expect(place).toBeGreaterThanOrEqual(0);
			expect(place).toBeLessThanOrEqual(1);
		}
	});

	it('has not many more than asked for', () => {
		const names = Array.from({ length: 196 }, (_, i) => `t${i}`);
		expect(texts(choices(names), 6)).toHaveLength(6);
		expect(texts(numbers([1e-30, 1e-3, 1], true), 6).length).toBeLessThanOrEqual(6);
	});
});

it('prints values in few digits, choices by name, and says what does not vary', () => {
	expect(valueText(numbers([1 / 3]), 1 / 3)).toBe('0.3333');
	expect(valueText(choices(['<i>']), 0)).toBe('&lt;i&gt;');
	expect(valueText(choices(['a']), 7)).toBe('');
	expect(constantNote([], 5)).toEqual([]);
	expect(constantNote(['a', 'b'], 5)).toEqual(['a, b are the same in all 5 runs.']);
});
