import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { identity, statId, stripWhitespace, uidDict, uidOf } from './identity';
import type { PyDict } from './python-text';

const trial: PyDict = new Map<string, bigint | number | string>([
	['accuracy', 0.5],
	['momentum', 0.599052840298076],
	['lr', 0.04044532591645781],
	['batch', 4n],
	['duration', 1n],
	['epoch', 3n],
	['transform', 'norm_32'],
	['uid', 'x'],
]);

describe('identity()', () => {
	it("is Node's MD5 of the stripped text's UTF-8", () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (text) => {
				const md5 = createHash('md5').update(stripWhitespace(text), 'utf8').digest('hex');
				expect(identity(text)).toBe(md5);
			}),
		);
	});

	it("removes Python's whitespace, which is not JavaScript's", () => {
		expect(stripWhitespace('a\u001c\u0085\u3000b')).toBe('ab');
		expect(stripWhitespace('a\ufeffb')).toBe('a\ufeffb');
		expect('a\u001cb\ufeff'.replace(/\s/g, '')).toBe('a\u001cb');
	});
});

describe('uidOf()', () => {
	it('hashes the hyperparameters in alphabetical order', () => {
		expect(uidOf(trial)).toBe('d6e616ab5893ad366e3936d804f63e7a');
	});

	it('takes another order, an epoch key included', () => {
		const order = ['lr', 'batch', 'epoch'];
		expect([...uidDict(trial, order).keys()]).toStrictEqual(order);
		expect(uidOf(trial, ['lr', 'batch'])).not.toBe(uidOf(trial, ['batch', 'lr']));
	});

	it('tells 1 from 1.0', () => {
		expect(uidOf(new Map([['a', 1n]]))).not.toBe(uidOf(new Map([['a', 1]])));
	});

	it('names a parameter that is not there', () => {
		expect(() => uidOf(trial, ['dropout'])).toThrow("no hyperparameter 'dropout'");
	});
});

describe('statId()', () => {
	it('counts a missing value as None', () => {
		const key = { task: 't', dataset: 'd', metric: 'm', nn: 'n', epoch: 1 };
		const id = statId({ ...key, uid: 'u', accuracy: 1 });
		expect(id).toBe('d10b097b64c40689a5c9a95dcc0547cd');
		expect(statId({ ...key, uid: 'u', accuracy: 1, transform: null, duration: null })).toBe(id);
	});
});
