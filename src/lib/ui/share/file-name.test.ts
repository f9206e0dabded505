import { describe, expect, it } from 'vitest';
import { fileName } from './file-name';

describe('fileName', () => {
	it('names the datasets and the snapshot', () => {
		expect(fileName({}, '2.1.2', '.csv')).toBe('lemur-2.1.2.csv');
		expect(fileName({ dataset: ['cifar-10', 'mnist'] }, '2.1.2', '.db')).toBe(
			'lemur-cifar-10-mnist-2.1.2.db',
		);
		expect(fileName({ dataset: ['a', 'b', 'c', 'd'] }, '1', '.tsv')).toBe('lemur-4-datasets-1.tsv');
	});

	it('keeps foreign names from being paths', () => {
		const name = fileName({ dataset: ['../../etc/passwd', '\u202e\u0000'] }, '2.1.2', '.csv');
		expect(name).toBe('lemur-etc_passwd-2.1.2.csv');
		expect(fileName({ dataset: ['x'.repeat(999)] }, '2', '').length).toBeLessThan(60);
	});
});
