import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PyDict } from './python-json';
import {
	mergeTrial,
	parseRecordFileName,
	readRecordFile,
	recordFilePath,
	writeRecordFile,
} from './record-file';

const part = fc.stringMatching(/^[A-Za-z0-9,.-]+$/);

describe('parseRecordFileName()', () => {
	it('reads back what recordFilePath() wrote', () => {
		fc.assert(
			fc.property(part, part, part, part, fc.nat(), (task, dataset, metric, nn, epoch) => {
				const name = { task, dataset, metric, nn, epoch };
				expect(parseRecordFileName(`some/where/${recordFilePath(name)}`)).toStrictEqual(name);
			}),
		);
	});

	it("takes numbers as Python's int does and any extension", () => {
		expect(parseRecordFileName('a_b_c_d/01.txt').epoch).toBe(1);
		expect(parseRecordFileName('a_b_c_d/1_0').epoch).toBe(10);
	});

	it.each(['a_b_c/1.json', 'a_b_c_d_e/1.json', 'a_b_c_d/best.json', 'a_b_c_d/1.5.json', '1.json'])(
		'refuses %s',
		(path) => {
			expect(() => parseRecordFileName(path)).toThrow('expected');
		},
	);

	it('writes no name that it could not read', () => {
		const name = { task: 't', dataset: 'd', metric: 'm', nn: 'l2_k3', epoch: 1 };
		expect(() => recordFilePath(name)).toThrow("'l2_k3' cannot be part of a record's name");
	});
});

describe('mergeTrial()', () => {
	it('keeps every trial, sorted, equal ones in the order they came', () => {
		const accuracies = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(accuracies, (list) => {
				let text: string | null = null;
				for (const [i, accuracy] of list.entries()) {
					text = mergeTrial(text, trial(accuracy, i));
				}
				const merged = readRecordFile(text ?? '').map((t) => [t.get('accuracy'), t.get('k')]);
				const expected = list
					.map((accuracy, i) => [accuracy, BigInt(i)] as const)
					.sort(([a, i], [b, k]) => b - a || Number(i - k));
				expect(merged).toStrictEqual(expected.map((pair) => [...pair]));
			}),
		);
	});

	it('refuses a text that is not a list of objects, and an accuracy without order', () => {
		expect(() => mergeTrial('{}', trial(1, 0))).toThrow('must hold a list');
		expect(() => mergeTrial('[1]', trial(1, 0))).toThrow('must be an object');
		expect(() => writeRecordFile([new Map([['accuracy', 'high']])])).toThrow('not a number');
	});
});

function trial(accuracy: number, k: number): PyDict {
	return new Map<string, number | bigint>([
		['accuracy', accuracy],
		['k', BigInt(k)],
	]);
}
