import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf, internPairs, runPrm } from './mirror-prm';

describe('internPairs()', () => {
	it('gives equal numbers exactly to equal pairs', () => {
		const pair = fc.tuple(fc.nat(3), fc.constantFrom(NaN, 0, 1, 0.5, -1));
		fc.assert(
			fc.property(fc.array(pair), (pairs) => {
				const ids = internPairs(
					Uint32Array.from(pairs, ([a]) => a),
					Float64Array.from(pairs, ([, b]) => b),
				);
				for (const [i, [a, b]] of pairs.entries())
					for (const [j, [c, d]] of pairs.entries())
						expect(ids[i] === ids[j]).toBe(a === c && Object.is(b, d));
			}),
		);
	});
});

describe('runPrm()', () => {
	it('lets a value of `extra` stand where a coded column has none of the kind', () => {
		const codes = codesOf(3);
		codes.batch.set([4, NaN, NaN]);
		codes.extra.set([-1, 1, 2]);
		const extras = new Map([
			[1, '{"batch": "all", "flag": true, "none": null}'],
			[2, '{"flag": false, "list": [1, 2.0]}'],
		]);
		const { columns, prm } = runPrm(codes, extras, Uint16Array.of(0, 1, 1), ['norm', '']);
		expect([...columns.keys()]).toEqual(['batch', 'flag', 'list']);
		expect(columns.get('batch')).toEqual({
			kind: 'text',
			codes: Int32Array.of(0, 1, -1),
			dictionary: ['4', 'all'],
		});
		expect(columns.get('flag')).toEqual({
			kind: 'number',
			values: Float64Array.of(NaN, 1, 0),
		});
		expect(columns.get('list')).toMatchObject({ kind: 'text', dictionary: ['[1, 2.0]'] });
		expect([...prm.dict(0)]).toEqual([
			['batch', 4n],
			['transform', 'norm'],
		]);
		expect(prm.dict(1).get('none')).toBeNull();
		expect(prm.dict(1).has('transform')).toBe(false);
	});

	it('gives a fresh dict each time', () => {
		const { prm } = runPrm(codesOf(1), new Map(), Uint16Array.of(0), ['norm']);
		prm.dict(0).set('lr', 1);
		expect(prm.dict(0).has('lr')).toBe(false);
	});
});
