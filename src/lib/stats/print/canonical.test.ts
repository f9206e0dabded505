import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilter } from '../../url/testing';
import { canonical, Draft, numberText, readOurs } from './canonical';
import { NotOurs } from './cursor';

describe('canonical(filter)', () => {
	it('drops what says nothing, at any depth, and keeps what chooses nothing', () => {
		expect(canonical({ prm: {}, not: [], any: [{ prm: {}, nn: [] }, {}], best: 'net' })).toEqual({
			any: [{ nn: [] }, {}],
			best: 'net',
		});
		expect(canonical({ any: [] })).toEqual({ any: [] });
	});

	it('is its own canonical form', () => {
		fc.assert(
			fc.property(anyFilter, (filter) => {
				expect(canonical(canonical(filter))).toEqual(canonical(filter));
			}),
		);
	});
});

describe('Draft', () => {
	it('refuses what stands twice and what is no filter', () => {
		const draft = new Draft();
		draft.set('epoch', { min: 1 });
		draft.setPrm('lr', { max: 1 });
		expect(() => draft.set('epoch', {})).toThrow('epoch stands twice');
		expect(() => draft.setPrm('lr', {})).toThrow('prm lr stands twice');
		expect(draft.finish()).toEqual({ epoch: { min: 1 }, prm: { lr: { max: 1 } } });
		draft.set('nonsense', 1);
		expect(() => draft.finish()).toThrow(NotOurs);
	});
});

it('readOurs() gives nothing for a foreign text, and passes other errors on', () => {
	const failing = (error: Error) => () => {
		throw error;
	};
	expect(readOurs(failing(new NotOurs('no')))).toBeUndefined();
	expect(() => readOurs(failing(new RangeError('bug')))).toThrow('bug');
	expect(numberText(-0)).toBe('-0.0');
});
