import { describe, expect, it } from 'vitest';
import { asByteArray, build, CALLABLES, reduce } from './pickle-value';

const call = (name: string) => {
	const found = CALLABLES.get(name);
	if (!found) throw new Error(`there is no ${name}`);
	return found;
};
const type = (name: string) => reduce(call('numpy dtype'), [name, 0, 1]);
const array = () =>
	reduce(call('numpy.core.multiarray _reconstruct'), [call('numpy ndarray'), [0], 'b']);

describe('a byte array', () => {
	it('is made of its shape, type and bytes', () => {
		const made = array();
		expect(asByteArray(made)).toBeUndefined();
		build(made, [1, [2, 2], type('u1'), false, Uint8Array.of(1, 2, 3, 4)]);
		expect(asByteArray(made)).toStrictEqual({ shape: [2, 2], bytes: Uint8Array.of(1, 2, 3, 4) });
		expect(asByteArray('text')).toBeUndefined();
	});

	it('is refused with another type, order or size', () => {
		const bytes = Uint8Array.of(1, 2, 3, 4);
		expect(() => build(array(), [1, [2, 2], type('f4'), false, bytes])).toThrow('plain bytes');
		expect(() => build(array(), [1, [2, 2], type('u1'), true, bytes])).toThrow('plain bytes');
		expect(() => build(array(), [1, [3, 2], type('u1'), false, bytes])).toThrow('another size');
		expect(() => build(array(), null)).toThrow('plain bytes');
		expect(() => build([], [])).toThrow('damaged');
	});
});

describe('reduce()', () => {
	it('calls only the names that an array needs', () => {
		const encoded = reduce(call('_codecs encode'), ['\u00ffa', 'latin1']);
		expect(encoded).toStrictEqual(Uint8Array.of(255, 97));
		expect(() => reduce(call('_codecs encode'), ['a', 'utf8'])).toThrow('not allowed');
		expect(() => reduce('print', ['a'])).toThrow('not allowed');
		expect(() => reduce(call('numpy ndarray'), [])).toThrow('not allowed');
	});
});
