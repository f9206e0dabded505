import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueOf } from './catalogue';
import { readerOf } from './reader';
import { arbitraryColumns, columnsOf } from './testing';

describe('catalogueOf(columns, facts)', () => {
	const catalogue = catalogueOf(
		columnsOf([
			{
				nn: 'ga-1',
				prm: { lr: 0.5, mode: 'x' },
				trials: [
					[1, 0.1, 10],
					[2, 0.3, null],
				],
			},
			{ nn: 'ga-2', transform: '', trials: [[1, 0.5, 7]] },
		]),
		{ hash: 'h', openedFrom: 'network', stored: true },
	);
	const field = (id: string) => catalogue.fields.find((spec) => spec.id === id);

	it('lists names and counts', () => {
		expect(catalogue).toMatchObject({ trials: 3, runs: 2, configurations: 2, hash: 'h' });
		expect(catalogue.nns).toEqual(['ga-1', 'ga-2']);
		expect(catalogue.families).toEqual(['ga']);
		expect(catalogue.transforms).toEqual(['norm_32']);
		expect(catalogue.columns).toContain('prm.lr');
	});

	it('gives each column its range and how many trials have it', () => {
		expect(field('accuracy')).toMatchObject({ present: 3, min: 0.1, max: 0.5 });
		expect(field('duration')).toMatchObject({ present: 2, min: 7, max: 10 });
		expect(field('prm.lr')).toMatchObject({ present: 2, min: 0.5, max: 0.5, kind: 'number' });
		expect(field('prm.mode')).toMatchObject({ present: 2, min: NaN, kind: 'text' });
		expect(field('transform')).toMatchObject({ present: 2, max: NaN });
		expect(field('uid')?.present).toBe(3);
	});

	it('agrees with a reading of every trial', () => {
		fc.assert(
			fc.property(arbitraryColumns, (columns) => {
				const facts = { hash: 'h', openedFrom: 'network', stored: true } as const;
				for (const { id, kind, present, min, max } of catalogueOf(columns, facts).fields) {
					const { at, ...reader } = readerOf(columns, id, () => 'u');
					const values = Array.from(columns.run, (_, t) => at(t)).filter(
						(value) => value !== '' && !Number.isNaN(value),
					);
					const numbers = values.filter((value) => typeof value === 'number');
					const range =
						numbers.length === 0 ? [NaN, NaN] : [Math.min(...numbers), Math.max(...numbers)];
					expect([id, kind, present, min + 0, max + 0]).toEqual([
						...[id, reader.kind, values.length],
						...range.map((value) => value + 0),
					]);
				}
			}),
		);
	});

	it('counts no trial of a net or transform without a name', () => {
		const columns = columnsOf([
			{ nn: '', transform: '', prm: { mode: '' }, trials: [[1, 0.1]] },
			{
				nn: 'a',
				trials: [
					[1, 0.1],
					[2, 0.2],
				],
			},
		]);
		const { fields } = catalogueOf(columns, { hash: 'h', openedFrom: 'network', stored: true });
		const present = (id: string) => fields.find((spec) => spec.id === id)?.present;
		expect([present('nn'), present('transform'), present('prm.mode')]).toEqual([2, 2, 0]);
	});
});
