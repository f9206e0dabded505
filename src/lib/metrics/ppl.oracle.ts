/** Oracle runner of ppl.json. */
import * as v from 'valibot';
import {
	expectClose,
	expectEqual,
	expectError,
	oracleNumber,
} from '../../../scripts/oracles/expect';
import { nestedValues } from '../../../scripts/oracles/nested';
import type { OracleCase, OracleFile } from '../../../scripts/oracles/types';
import { MetricError } from './metric';
import { perplexityScore, PplAccumulator } from './ppl';

const number = v.union([v.number(), v.string()]);
const pplCase = v.looseObject({
	name: v.string(),
	options: v.looseObject({ ignore_index: v.optional(v.number()) }),
	updates: v.array(
		v.looseObject({
			outputs: v.unknown(),
			targets: v.unknown(),
			returned: v.tuple([number, v.number()]),
			total_loss: number,
			total_tokens: v.number(),
			result_after: number,
		}),
	),
	final: number,
});
const format = v.looseObject({
	table: v.array(v.looseObject({ avg_nll: number, ppl: number, score: v.number() })),
	odd_values: v.array(
		v.looseObject({
			avg_nll: number,
			score: v.union([v.number(), v.object({ raises: v.string() })]),
		}),
	),
	cases: v.array(pplCase),
	empty: v.looseObject({ result_without_update: number }),
});

const SINGLE = { relative: 1e-6, absolute: 1e-6 };

const ppl: OracleFile = {
	area: 'metrics',
	file: 'ppl.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		for (const { avg_nll, ppl: perplexity, score } of oracle.table)
			yield {
				name: `loss ${avg_nll}`,
				run() {
					const nll = oracleNumber(avg_nll);
					expectClose(Math.exp(nll), oracleNumber(perplexity), {}, 'perplexity');
					expectClose(perplexityScore(nll), score, { absolute: 1e-12 }, 'score');
				},
			};
		for (const { avg_nll, score } of oracle.odd_values)
			yield {
				name: `odd loss ${avg_nll}`,
				run() {
					const nll = oracleNumber(avg_nll);
					if (typeof score === 'number') return expectEqual(perplexityScore(nll), score);
					const error = expectError(() => perplexityScore(nll), score.raises);
					expectEqual(error instanceof MetricError, true, 'error in words');
				},
			};
		for (const expected of oracle.cases) yield one(expected);
		yield {
			name: 'empty',
			run: () =>
				expectEqual(new PplAccumulator().value(), oracleNumber(oracle.empty.result_without_update)),
		};
	},
};

function one(expected: v.InferOutput<typeof pplCase>): OracleCase {
	return {
		name: expected.name,
		run() {
			const metric = new PplAccumulator(expected.options.ignore_index);
			for (const update of expected.updates) {
				metric.update({
					outputs: nestedValues(update.outputs),
					labels: nestedValues(update.targets),
				});
				expectEqual(metric.totalTokens, update.total_tokens, 'tokens');
				expectEqual(metric.totalTokens, update.returned[1], 'tokens returned');
				expectClose(metric.totalLoss, oracleNumber(update.total_loss), SINGLE, 'loss');
				expectClose(metric.value(), oracleNumber(update.returned[0]), SINGLE, 'returned');
				expectClose(metric.value(), oracleNumber(update.result_after), SINGLE, 'result after');
			}
			expectClose(metric.value(), oracleNumber(expected.final), SINGLE, 'final');
			expectEqual(metric.warning() !== null, Number.isNaN(metric.totalLoss), 'warning');
		},
	};
}

export const oracles = [ppl];
