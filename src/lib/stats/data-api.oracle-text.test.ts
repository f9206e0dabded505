import { describe, expect, it } from 'vitest';
import { canonicalJson, rowTexts, sha256Lines, sumExactly } from './data-api.oracle-text';

describe('sumExactly(values)', () => {
	it('rounds once, where adding up rounds every time', () => {
		const tenths = Array.from({ length: 10 }, () => 0.1);
		expect(sumExactly(tenths)).toBe(1);
		expect(tenths.reduce((a, b) => a + b, 0)).not.toBe(1);
		expect(sumExactly([1e16, 1, -1e16])).toBe(1);
		expect(sumExactly([1e16, 1, 1e-16])).toBe(10000000000000002);
		expect(sumExactly([])).toBe(0);
	});
});

describe('canonicalJson(value)', () => {
	it('sorts keys, leaves out blanks and prints numbers as Python', () => {
		const value = new Map<string, number | bigint | string>([
			['b', 9e-5],
			['a', 1n],
			['ü', '\u{1F43E}'],
		]);
		expect(canonicalJson(value)).toBe('{"a":1,"b":9e-05,"\\u00fc":"\\ud83d\\udc3e"}');
	});
});

describe('rowTexts(rows)', () => {
	const rows = {
		rows: 1,
		task: ['t'],
		dataset: ['d'],
		metric: ['m'],
		nn: ['n'],
		epoch: Float64Array.of(3),
		accuracy: Float64Array.of(0.00005),
		duration: Float64Array.of(NaN),
		uid: ['u'],
		transform: ['norm'],
		prm: Uint32Array.of(0),
		prmSets: [{ lr: 1, epoch: 5 }],
	};

	it('writes a row, with or without the planned epoch', () => {
		expect(rowTexts(rows, { prm: 'all' }).full).toEqual([
			't\td\tm\tn\t3\t5e-05\tnull\t{"epoch":5,"lr":1}',
		]);
		expect(rowTexts(rows, { prm: 'without epoch' }).full[0]).toMatch(/\{"lr":1\}$/);
	});

	it('changes its hash with any digit, not with the order of lines', () => {
		const other = { ...rows, accuracy: Float64Array.of(0.00005 + 1e-20) };
		const hash = (of: typeof rows) => sha256Lines(rowTexts(of, { prm: 'all' }).core);
		expect(hash(other)).not.toBe(hash(rows));
		expect(sha256Lines(['b', 'a'])).toBe(sha256Lines(['a', 'b']));
	});
});
