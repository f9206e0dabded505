/** Oracle runner of bleu.json. */
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import { nestedValues } from '../../../scripts/oracles/nested';
import type { OracleFile } from '../../../scripts/oracles/types';
import { argmax } from './argmax';
import { BleuAccumulator, WEIGHTS } from './bleu';
import { captionsOf } from './captions';

const NAMES = ['BLEU-1', 'BLEU-2', 'BLEU-3', 'BLEU-4'] as const;
const scores = v.object({
	'BLEU-1': v.number(),
	'BLEU-2': v.number(),
	'BLEU-3': v.number(),
	'BLEU-4': v.number(),
});
const tokens = v.array(v.number());
const format = v.looseObject({
	weights: v.record(v.string(), tokens),
	pairs: v.array(
		v.looseObject({
			name: v.string(),
			hypothesis: tokens,
			references: v.array(tokens),
			counted: v.boolean(),
			scores: v.nullable(scores),
			result_after: v.number(),
			all_after: scores,
		}),
	),
	final: v.number(),
	final_all: scores,
	logits_batch: v.looseObject({
		outputs: v.unknown(),
		labels: v.unknown(),
		argmax: v.array(tokens),
		scores4: tokens,
		all: scores,
		result: v.number(),
	}),
	empty: v.looseObject({ result_without_update: v.number(), all: scores }),
});
type Scores = v.InferOutput<typeof scores>;

const bleu: OracleFile = {
	area: 'metrics',
	file: 'bleu.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		yield {
			name: 'weights',
			run: () => expectEqual(WEIGHTS, Object.values(oracle.weights)),
		};
		const metric = new BleuAccumulator();
		for (const pair of oracle.pairs)
			yield {
				name: pair.name,
				run() {
					const own = metric.add(pair.hypothesis, pair.references);
					expectEqual(own !== null, pair.counted, 'counted');
					if (own && pair.scores) expectScores(own, pair.scores, 'score');
					expectClose(metric.value(), pair.result_after, {}, 'result after');
					expectScores(metric.all(), pair.all_after, 'after');
				},
			};
		yield {
			name: 'final',
			run() {
				expectClose(metric.value(), oracle.final);
				expectScores(metric.all(), oracle.final_all, 'final');
			},
		};
		yield { name: 'batch of logits', run: () => checkBatch(oracle.logits_batch) };
		yield {
			name: 'empty',
			run() {
				expectEqual(new BleuAccumulator().value(), oracle.empty.result_without_update);
				expectScores(new BleuAccumulator().all(), oracle.empty.all, 'empty');
			},
		};
	},
};

function expectScores(actual: readonly number[], expected: Scores, what: string): void {
	for (const [i, name] of NAMES.entries())
		expectClose(actual[i]!, expected[name], {}, `${what} ${name}`);
}

function checkBatch(expected: v.InferOutput<typeof format>['logits_batch']): void {
	const outputs = nestedValues(expected.outputs);
	const batch = { outputs, labels: nestedValues(expected.labels) };
	expectEqual([...argmax(outputs, 2).data], expected.argmax.flat(), 'arg-max');
	const metric = new BleuAccumulator();
	metric.update(batch);
	expectScores(metric.all(), expected.all, 'all');
	expectClose(metric.value(), expected.result, {}, 'result');
	for (const [i, { hypothesis, references }] of captionsOf(batch).entries()) {
		const score = new BleuAccumulator().add(hypothesis, references)![3]!;
		expectClose(score, expected.scores4[i]!, {}, `caption ${i}`);
	}
}

export const oracles = [bleu];
