import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilter } from '../../url/testing';
import { canonical } from './canonical';
import { readPython, toPython } from './python';

describe('toPython(filter)', () => {
	it("uses LEMUR's own arguments where they suffice", () => {
		expect(
			toPython({
				task: ['img-classification'],
				dataset: ['cifar-10'],
				epoch: { min: 5, max: 5 },
				best: 'epoch',
			}),
		).toBe(
			'from ab.nn.api import data\n\n' +
				"df = data(only_best_accuracy=True, task='img-classification', dataset='cifar-10', epoch=5)\n",
		);
	});

	it('takes the best after the other conditions, as the filter means it', () => {
		const script = toPython({ accuracy: { min: 0.8, max: 1 }, best: 'epoch' });
		expect(script).not.toContain('only_best_accuracy');
		expect(script).toContain("df = df[df['accuracy'].between(0.8, 1)]\ndf = df[df['accuracy'] ==");
	});

	it('is Python: the compiler takes it and reads our literals as we meant them', ({ skip }) => {
		if (spawnSync('python3', ['-c', '']).status !== 0) skip();
		const filters = fc.sample(anyFilter, { numRuns: 300, seed: 7 });
		const input = filters.map((filter) => ({
			script: toPython(filter),
			texts: [...(filter.nn ?? []), ...(filter.nnPrefix ?? [])],
		}));
		const check = `import ast, json, sys
for case in json.load(sys.stdin):
    names = {n.value for n in ast.walk(ast.parse(case['script'])) if isinstance(n, ast.Constant)}
    assert all(t in names for t in case['texts']), case
print('ok')`;
		const run = spawnSync('python3', ['-c', check], {
			input: JSON.stringify(input),
			encoding: 'utf8',
		});
		expect(run.stdout.trim(), run.stderr).toBe('ok');
	});
});

describe('readPython(text)', () => {
	it('reads back to the same filter', () => {
		fc.assert(
			fc.property(anyFilter, (filter) => {
				expect(readPython(toPython(filter))).toEqual(canonical(filter));
			}),
			{ numRuns: 1000 },
		);
	});

	it('refuses what was edited or is something else', () => {
		const script = toPython({ nn: ['A', 'B'] });
		for (const other of ['', 'print(1)', `${script}\nimport os`, `import os\n${script}`]) {
			expect(readPython(other)).toBeUndefined();
		}
		expect(readPython(script.replaceAll('\n', '\r\n'))).toEqual({ nn: ['A', 'B'] });
	});
});
