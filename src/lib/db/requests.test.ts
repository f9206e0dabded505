import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { columnSchema, paramSchemas, plotOptionsSchema } from './requests';
import { progressSchema, resultSchemas } from './results';

const query = { filter: {}, sort: [{ column: 'accuracy', descending: true }] };
const window = { query, start: 0, count: 50, columns: ['nn', 'prm.lr'] };

describe('the requests of the data worker', () => {
	it('are read strictly: no unknown key, no number out of its range', () => {
		const { window: schema } = paramSchemas;
		expect(v.is(schema, window)).toBe(true);
		for (const change of [
			{ extra: 1 },
			{ start: -1 },
			{ start: 0.5 },
			{ count: 1_000_000 },
			{ columns: ['nonsense'] },
			{ query: { ...query, sort: [{ column: 'accuracy' }] } },
			{ query: { ...query, filter: { nonsense: 1 } } },
		])
			expect(v.is(schema, { ...window, ...change }), JSON.stringify(change)).toBe(false);
	});

	it('name columns of the table or hyperparameters of any name', () => {
		const names = ['accuracy', 'prm.lr', 'prm.a\nb', 'prm.', 'prm', '', 'constructor', 'lr'];
		expect(names.map((name) => v.is(columnSchema, name))).toEqual([
			...[true, true, true, false, false, false, false, false],
		]);
		expect(v.is(columnSchema, `prm.${'x'.repeat(200)}`)).toBe(false);
	});

	it('do not take options that a plot does not have', () => {
		expect(v.is(plotOptionsSchema, { mode: 'lemur', top: 5 })).toBe(true);
		for (const options of [{ top: 0 }, { mode: 'x' }, { window: { xMin: NaN } }, { colour: 1 }])
			expect(v.is(plotOptionsSchema, options)).toBe(false);
	});
});

describe('the results of the data worker', () => {
	it('are told from those of another build', () => {
		expect(v.is(resultSchemas.facets, { total: 1, fields: [] })).toBe(true);
		expect(v.is(resultSchemas.facets, { total: 1 })).toBe(false);
		expect(v.is(resultSchemas.facets, null)).toBe(false);
		expect(v.is(resultSchemas.bytes, new Uint8Array())).toBe(true);
		const progress = { kind: 'progress', what: 'open', done: 1, total: 2, unit: 'rows' };
		expect(v.is(progressSchema, progress)).toBe(true);
		expect(v.is(progressSchema, { ...progress, unit: 'miles' })).toBe(false);
	});
});
