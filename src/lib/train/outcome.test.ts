import { afterEach, describe, expect, it } from 'vitest';
import { checkTensorSize, useDevice } from '../nn/device';
import { beyondMemory, isOutOfMemory, outOfMemory } from './outcome';

afterEach(() => useDevice(undefined));

const thrownBy = (work: () => void): unknown => {
	try {
		work();
	} catch (error) {
		return error;
	}
	return undefined;
};

describe('isOutOfMemory', () => {
	it.each([
		'Array buffer allocation failed',
		'Invalid typed array length: 99999999999',
		'The GPU refused its work: out of memory. createBuffer',
		'WebAssembly.Memory(): not enough memory',
	])('%s', (message) => {
		expect(isOutOfMemory(new RangeError(message))).toBe(true);
	});

	it('a result that the GPU cannot hold shrinks with the batch; a layer does not', () => {
		useDevice({}, 1_000_000);
		const error = (what: string) => thrownBy(() => checkTensorSize(what, [4096, 64, 64]));
		expect(isOutOfMemory(error('A result'))).toBe(true);
		expect(isOutOfMemory(error('fc.weight'))).toBe(false);
	});

	it('other errors are none', () => {
		expect(isOutOfMemory(new Error('mine'))).toBe(false);
		expect(isOutOfMemory('out of memory')).toBe(false); // no error that an engine throws
	});
});

describe('beyondMemory', () => {
	const each = 1_000_000;

	it('names the largest half that may fit', () => {
		const end = beyondMemory(4096, { each, weights: 1000, memory: 300e6 });
		expect(end).toMatchObject({ code: 'OOM', batch: 256 });
		expect(end?.reason).toMatch(
			/^Batch 4096 .*takes 4\.1 GB or more.*about 0\.3 GB.*Batch 256 may\.$/,
		);
		expect(beyondMemory(256, { each, weights: 1000, memory: 300e6 })).toBeUndefined();
	});

	it('knows no batch for a net whose weights alone are too much', () => {
		const end = beyondMemory(8, { each, weights: 100e6, memory: 300e6 });
		expect(end?.batch).toBeUndefined();
		expect(end?.reason).toContain('A smaller net or transform may.');
	});

	it('says nothing where nothing is known of the machine', () => {
		expect(beyondMemory(4096, { each: 1e12, weights: 1, memory: Infinity })).toBeUndefined();
	});
});

it('outOfMemory halves the batch, down to one', () => {
	expect(outOfMemory(9, 'why').batch).toBe(4);
	expect(outOfMemory(1, 'why').batch).toBeUndefined();
});
