import { describe, expect, it } from 'vitest';
import { bestRows, importRecords, readBack, type SourceNames } from './importer';

const known: SourceNames = {
	nn: new Set(['Net', 'Unused']),
	metric: new Set(['acc']),
	transform: new Set(['norm', 'echo']),
};
const trial = (uid: string, more = '') =>
	`{"accuracy": 0.5, "batch": 1, "lr": 1.0, "transform": "norm", "uid": "${uid}"${more}}`;
const file = (text: string, path = 't_d_acc_Net/1.json') => ({ path, text });

describe('importRecords()', () => {
	it('stops a file at its first bad trial and goes on with the next file', () => {
		const result = importRecords(
			[
				file(`[${trial('a')}, {"transform": "norm"}, ${trial('b')}]`),
				file(`[${trial('c')}]`, 't_d_acc_Net/2.json'),
			],
			known,
		);
		expect(result.stat.map(({ prm }) => prm)).toStrictEqual(['a', 'c']);
		expect(result.error?.message).toBe("A trial has no 'uid'.");
	});

	it('keeps the parameters of a repeated trial but not its row', () => {
		const { stat, prm, error } = importRecords([file(`[${trial('a')}, ${trial('a')}]`)], known);
		expect([stat.length, prm.length]).toStrictEqual([1, 6]);
		expect(error?.message).toContain('stored already');
	});

	it('gives nothing at all when one file name is no number', () => {
		const files = [file(`[${trial('a')}]`), file('[]', 't_d_acc_Net/best.json')];
		const { stat, prm, sources, error } = importRecords(files, known);
		expect([stat.length, prm.length, sources.nn.size]).toStrictEqual([0, 0, 0]);
		expect(error?.message).toContain("'best.json' is not an epoch");
	});

	it('never looks at the folder of an empty list', () => {
		expect(importRecords([file('[]', 'odd/1.json')], known).error).toBeNull();
	});

	it('takes an empty transform for all of them', () => {
		const text = '[{"accuracy": 1, "transform": null, "uid": "a"}]';
		const { sources, stat } = importRecords([file(text)], known);
		expect([...sources.transform]).toStrictEqual(['norm', 'echo']);
		expect(stat[0]?.transform).toBeNull();
	});
});

describe('readBack()', () => {
	it('has lost the kind of whole numbers and every null', () => {
		const { prm } = importRecords([file(`[${trial('a', ', "x": null, "t": "007"')}]`)], known);
		expect(Object.fromEntries(readBack(prm, 'a'))).toStrictEqual({
			batch: 1n,
			lr: 1n,
			transform: 'norm',
			t: 7n,
		});
	});
});

describe('bestRows()', () => {
	it('keeps ties and drops rows without accuracy', () => {
		const text = `[${trial('a')}, ${trial('b')}, {"accuracy": NaN, "transform": "norm", "uid": "c"},
			{"accuracy": 0.1, "transform": "norm", "uid": "d"}]`;
		const { stat } = importRecords([file(text)], known);
		expect(bestRows(stat).map(({ prm }) => prm)).toStrictEqual(['a', 'b']);
	});
});
