import { describe, expect, it } from 'vitest';
import { catalogueOf } from './catalogue';
import { columnsOf } from './testing';

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
});
