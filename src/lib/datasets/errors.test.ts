import { describe, expect, it } from 'vitest';
import { toWire } from '../worker/rpc-error';
import { badFile, datasetError, plainName } from './errors';

describe('plainName()', () => {
	it('takes control and direction marks out, and shortens', () => {
		expect(plainName('a\u202eb\u0000\nc')).toBe('abc');
		expect(plainName('x'.repeat(500))).toHaveLength(80);
		expect(plainName('train-images.gz')).toBe('train-images.gz');
	});
});

describe('datasetError()', () => {
	it('crosses workers with its code, words and facts', () => {
		const error = badFile('a\u0007.bin', 'it is cut', new Error('cause'));
		expect(toWire(error)).toStrictEqual({
			code: 'DATASET_FILE',
			message: 'a.bin: it is cut.',
			details: { file: 'a\u0007.bin', why: 'it is cut' },
		});
		expect(error.cause).toBeInstanceOf(Error);
		expect(datasetError('DATASET_BUSY', 'x').cause).toBeUndefined();
	});
});
