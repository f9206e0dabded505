import { describe, expect, it } from 'vitest';
import { StoreError, toStoreError } from './store-error';

describe('toStoreError(thrown)', () => {
	it.each([
		[new DOMException('full', 'QuotaExceededError'), 'STORE_QUOTA'],
		[new DOMException('no', 'SecurityError'), 'STORE_BLOCKED'],
		[new DOMException('old', 'VersionError'), 'STORE_OUTDATED'],
		[{ name: 'DataCloneError' }, 'STORE_VALUE'],
		[new TypeError('odd'), 'STORE_FAILED'],
		[{ name: 7 }, 'STORE_FAILED'],
		['text', 'STORE_FAILED'],
		[null, 'STORE_FAILED'],
	])('tells %s by its name', (thrown, code) => {
		const error = toStoreError(thrown);
		expect([error.code, error.cause]).toEqual([code, thrown]);
		expect(error.message).toMatch(/\.$/);
	});

	it('leaves its own as they are, and takes no name from the prototype', () => {
		const own = new StoreError('STORE_CLOSED');
		expect(toStoreError(own)).toBe(own);
		expect(toStoreError({ name: 'constructor' }).code).toBe('STORE_FAILED');
	});
});
