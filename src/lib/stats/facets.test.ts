import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyOf } from './family';
import { FACET_FIELDS, facetsOf, type FacetField, type FacetValues } from './facets';
import type { Filter } from './filter';
import { Matcher, matchTrials } from './match';
import { arbitraryColumns, arbitraryFilter, columnsOf, plainTrial } from './testing';

/** The facet as one object a value. */
const rowsOf = (facet: FacetValues | undefined) =>
	(facet?.values ?? []).map((value, i) => ({
		value,
		count: facet?.counts[i] ?? NaN,
		selected: facet?.selected[i] === 1,
	}));

const valueOf = (row: ReturnType<typeof plainTrial>, field: FacetField) =>
	field === 'nnFamily' ? familyOf(row.nn) : row[field];

describe('facetsOf(matcher, filter, fields)', () => {
	it('says for every value what choosing it would leave', () => {
		fc.assert(
			fc.property(
				arbitraryColumns,
				arbitraryFilter,
				fc.constantFrom(...FACET_FIELDS),
				(columns, filter, field) => {
					const { fields } = facetsOf(new Matcher(columns), filter, [field]);
					for (const { value, count, selected } of rowsOf(fields.get(field))) {
						const chosen: Filter = { ...filter, [field]: [value] };
						expect([value, count]).toEqual([value, matchTrials(columns, chosen).count]);
						expect(selected).toBe(
							(filter[field] as string[] | undefined)?.includes(value) ?? false,
						);
					}
				},
			),
			{ numRuns: 200 },
		);
	});

	it('lists every value of the snapshot once and counts what passes', () => {
		fc.assert(
			fc.property(arbitraryColumns, arbitraryFilter, (columns, filter) => {
				const facets = facetsOf(new Matcher(columns), filter, FACET_FIELDS);
				const all = Array.from({ length: columns.count }, (_, t) => plainTrial(columns, t));
				for (const field of ['task', 'nn', 'nnFamily', 'transform'] as const) {
					const listed = facets.fields.get(field)?.values ?? [];
					expect(new Set(listed).size).toBe(listed.length);
					for (const row of all) expect(listed).toContain(valueOf(row, field));
				}
				const passing = [...matchTrials(columns, filter).ids].map((t) => all[t]!);
				expect(facets.total).toBe(passing.length);
				expect(facets.runs).toBe(new Set(passing.map(({ run }) => run)).size);
				expect(facets.nets).toBe(new Set(passing.map(({ nn }) => nn)).size);
				expect(facets.configurations).toBe(new Set(passing.map(({ config }) => config)).size);
			}),
		);
	});

	it('sorts by count, then by code point, and lists what the filter names in vain', () => {
		const columns = columnsOf([
			{ nn: 'b', trials: [[1, 0.5]] },
			{ nn: 'B', trials: [[1, 0.5]] },
			{
				nn: 'c',
				trials: [
					[1, 0.5],
					[2, 0.5],
				],
			},
		]);
		const { fields } = facetsOf(new Matcher(columns), { nn: ['x', 'b'] }, ['nn']);
		expect(rowsOf(fields.get('nn'))).toEqual([
			{ value: 'c', count: 2, selected: false },
			{ value: 'B', count: 1, selected: false },
			{ value: 'b', count: 1, selected: true },
			{ value: 'x', count: 0, selected: true },
		]);
	});
});
