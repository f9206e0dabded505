/** Oracle runner of split.json: gamma, weights, and which trials count as good. */
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../../scripts/oracles/expect';
import type { OracleFile } from '../../../../scripts/oracles/types';
import { oracleDirection, oracleTrial, trialOf } from '../oracle-trials';
import { TPE_PRESETS } from './presets';
import { defaultGamma, defaultWeights, splitTrials } from './split';

const numbers = v.array(v.number());
const facts = v.object({ n: v.number(), gamma: v.number(), below: numbers, above: numbers });
const format = v.object({
	gamma: v.object({ n: numbers, value: numbers }),
	weights: v.array(v.object({ n: v.number(), value: numbers })),
	cases: v.array(
		v.object({
			name: v.string(),
			direction: oracleDirection,
			trials: v.array(oracleTrial),
			presets: v.object({ v4: facts, v5: facts }),
		}),
	),
});

export const oracles: OracleFile[] = [
	{
		area: 'tpe',
		file: 'split.json',
		*cases(json) {
			const oracle = v.parse(format, json);
			const { n, value } = oracle.gamma;
			yield { name: 'gamma', run: () => expectEqual(n.map(defaultGamma), value) };
			for (const { n, value } of oracle.weights)
				yield { name: `weights ${n}`, run: () => checkWeights(n, value) };
			for (const { name, direction, trials, presets } of oracle.cases)
				for (const id of ['v4', 'v5'] as const)
					yield {
						name: `${name} ${id}`,
						run: () => {
							const rows = trials.map((row) => trialOf({ ...row, params: {} }, []));
							const split = splitTrials(rows, direction, TPE_PRESETS[id].constantLiar);
							const actual = {
								n: split.finished,
								gamma: split.gamma,
								below: split.below.map(({ number }) => number),
								above: split.above.map(({ number }) => number),
							};
							expectEqual(actual, presets[id]);
						},
					};
		},
	},
];

function checkWeights(n: number, expected: readonly number[]): void {
	const weights = defaultWeights(n);
	expectEqual(weights.length, expected.length, 'length');
	for (const [i, weight] of expected.entries())
		expectClose(weights[i]!, weight, { relative: 1e-14 }, `weight ${i}`);
}
