import { describe, expect, it } from 'vitest';
import { readCifarPickle } from './cifar-pickle';
import { bytesFrom, fixtures, inflated } from './testing';

const data = Uint8Array.from({ length: 6144 }, (_, i) => (i * 7) % 256);

/** As Python 2 wrote CIFAR-10's own files: protocol 2, texts and pixels both as strings. */
function pythonTwo(): Uint8Array {
	const parts: (string | Uint8Array)[] = [];
	const short = (text: string) => parts.push('U', Uint8Array.of(text.length), text);
	const int = (bytes: number, value: number) => {
		const view = new DataView(new ArrayBuffer(4));
		view.setUint32(0, value, true);
		return new Uint8Array(view.buffer, 0, bytes);
	};
	parts.push('\x80\x02}q\x01(');
	short('labels');
	parts.push(']q\x02(K', int(1, 6), 'K', int(1, 9), 'e');
	short('data');
	parts.push('cnumpy.core.multiarray\n_reconstruct\nq\x03cnumpy\nndarray\nq\x04K\x00\x85');
	short('b');
	parts.push('\x87R(K\x01K\x02M', int(2, 3072), '\x86cnumpy\ndtype\nq\x05');
	short('u1');
	parts.push('K\x00K\x01\x87R(K\x03');
	short('|');
	parts.push('NNNJ', int(4, 0xffffffff), 'J', int(4, 0xffffffff), 'K\x00tb\x89');
	parts.push('T', int(4, data.length), data, 'tbu.');
	return new Uint8Array(
		Buffer.concat(parts.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : one))),
	);
}

describe('readCifarPickle()', () => {
	it.each(Object.entries(fixtures.pickles))('reads %s of Python 3', (_, text) => {
		const batch = readCifarPickle('data_batch_1', inflated(text), 'labels');
		expect(batch.labels).toStrictEqual([6, 9]);
		expect(new Uint8Array(batch.data)).toStrictEqual(data);
	});

	it('reads what Python 2 wrote, and the fine labels of CIFAR-100', () => {
		expect(readCifarPickle('x', pythonTwo(), 'labels')).toStrictEqual({ data, labels: [6, 9] });
		const hundred = inflated(fixtures.pickles_100['protocol 4']);
		expect(readCifarPickle('train', hundred, 'fine_labels').labels).toStrictEqual([19, 99]);
		expect(() => readCifarPickle('train', hundred, 'labels')).toThrow('of another dataset');
	});

	it('looks up no code', () => {
		const evil = bytesFrom(fixtures.pickle_code);
		expect(() => readCifarPickle('x', evil, 'labels')).toThrow(
			'x: it asks for “__builtin__ print”, which is not allowed',
		);
	});

	it('ends every cut and every changed instruction with an error in words, or as before', () => {
		const whole = pythonTwo();
		for (let length = 0; length < 200; length++)
			expect(() => readCifarPickle('x', whole.subarray(0, length), 'labels')).toThrow(/^x: /);
		for (let at = 0; at < 160; at++)
			for (const flip of [1, 0x20, 0x80]) {
				const changed = whole.slice();
				changed[at] = (changed[at] ?? 0) ^ flip;
				let message = '';
				try {
					readCifarPickle('x', changed, 'labels');
				} catch (error) {
					message = error instanceof Error ? error.message : 'no error';
				}
				expect(message === '' || message.startsWith('x: ')).toBe(true);
			}
	});
});
