import { describe, expect, it } from 'vitest';
import { readPickle } from './pickle';
import { PickleError } from './pickle-value';

const bytes = (...parts: (string | number[])[]) =>
	new Uint8Array(
		Buffer.concat(
			parts.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : Buffer.from(one))),
		),
	);

describe('readPickle()', () => {
	it('reads plain values and remembers them', () => {
		const list = bytes(
			'\x80\x02](K',
			[7],
			'M',
			[1, 2],
			'J',
			[0xff, 0xff, 0xff, 0xff],
			'N\x88\x89eq\x05h\x05\x86.',
		);
		const values = [7, 513, -1, null, true, false];
		expect(readPickle(list)).toStrictEqual([values, values]);
		const map = bytes('}(U\x01aK\x01X', [2, 0, 0, 0], 'ab', 'K\x02u.');
		expect(readPickle(map)).toStrictEqual(
			new Map([
				['a', 1],
				['ab', 2],
			]),
		);
	});

	it('refuses lengths beyond the file, unknown instructions and newer kinds', () => {
		for (const [bad, why] of [
			[bytes('B', [0xff, 0xff, 0xff, 0xff, 1, 2]), 'it ends too early'],
			[bytes('\x8e', [255, 255, 255, 255, 255, 255, 255, 255]), 'it ends too early'],
			[bytes('i'), 'instruction (105)'],
			[bytes('\x80\x05.'), 'newer kind'],
			[bytes('h\x09.'), 'it is damaged'],
			[bytes('e'), 'it is damaged'],
			[bytes('.'), 'it is damaged'],
			[bytes('cos\nsystem\n.'), '“os system”, which is not allowed'],
		] as const) {
			expect(() => readPickle(bad)).toThrow(PickleError);
			expect(() => readPickle(bad)).toThrow(why);
		}
	});
});
