/** Every reference vector of ops.json and every gradient on WebGPU, through our kernels. */
import { beforeAll, describe, expect, it } from 'vitest';
import json from '../../../tests/oracles/nets/ops.json';
import { chooseBackend, verdictText, type Verdict } from './backend';
import { opCases } from './functional/ops.oracle';
import { gradientTests } from './functional/gradient-tests';
import { setOracleBackend } from './oracle-backend';

let verdict: Verdict;

beforeAll(async () => {
	verdict = await chooseBackend('webgpu');
	setOracleBackend(async () => {});
});

describe('ops.json on WebGPU', () => {
	it('runs on the adapter of this browser', () => {
		expect(verdictText(verdict)).toMatch(/^Runs on WebGPU \(.+\)\./);
		expect(verdict.passed).toEqual([]);
	});

	for (const { name, run } of opCases(json))
		it(name, async () => {
			await expect(run()).resolves.toBeUndefined();
		});
});

gradientTests('WebGPU');
