/** Every reference vector of ops.json and every gradient on WebGL, where this browser has it. */
import { describe, expect, it } from 'vitest';
import json from '../../../tests/oracles/nets/ops.json';
import { chooseBackend, verdictText } from './backend';
import { opCases } from './functional/ops.oracle';
import { gradientTests } from './functional/gradient-tests';
import { setOracleBackend } from './oracle-backend';

const verdict = await chooseBackend('webgl');
const here = verdict.backend === 'webgl';
setOracleBackend(async () => {});

/** A skip says why: nobody takes it for a pass. */
describe.skipIf(!here)(`WebGL: ${verdictText(verdict)}`, () => {
	describe('ops.json', () => {
		for (const { name, run } of opCases(json))
			it(name, async () => {
				await expect(run()).resolves.toBeUndefined();
			});
	});
	gradientTests('WebGL');
});
