/** Oracle runner of later.json: metrics of later revisions of LEMUR. */
import * as v from 'valibot';
import { expectClose, expectEqual, oracleNumber } from '../../../scripts/oracles/expect';
import { nestedValues } from '../../../scripts/oracles/nested';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { CiderAccumulator } from './cider';
import { MaeAccumulator, maeScore } from './mae';
import { MeteorAccumulator, meteorScore } from './meteor';
import { stem } from './porter-stem';
import { PsnrAccumulator } from './psnr';

const numbers = v.array(v.number());
const words = v.array(v.string());
const mae = v.looseObject({
	updates: v.array(
		v.looseObject({
			outputs: v.unknown(),
			labels: v.unknown(),
			returned: v.tuple([v.number(), v.number()]),
			result_after: v.number(),
			mae: v.number(),
		}),
	),
	edges: v.array(v.looseObject({ mae: v.number(), result: v.number() })),
	empty: v.looseObject({ result: v.number(), mae: v.string() }),
});
const psnr = v.looseObject({
	updates: v.array(
		v.looseObject({
			outputs: v.unknown(),
			labels: v.unknown(),
			sum_squared_error: v.number(),
			count: v.number(),
			result_after: v.number(),
		}),
	),
	identical_or_empty: v.number(),
});
const cider = v.looseObject({
	pairs: v.array(v.looseObject({ hypothesis: numbers, reference: numbers, score: v.number() })),
	final: v.number(),
	mean_over_3_before_cap: v.number(),
	one_pair_only: v.looseObject({ score: v.number(), final: v.number() }),
	empty: v.number(),
});
const meteor = v.looseObject({
	samples: v.array(
		v.looseObject({
			hypothesis: words,
			references: v.array(words),
			exact_and_stem: v.number(),
			per_reference_exact_and_stem: numbers,
			with_wordnet_3_0: v.number(),
		}),
	),
	final_exact_and_stem: v.number(),
	porter_stems: v.record(v.string(), v.string()),
	empty: v.number(),
});
const format = v.looseObject({ mae, psnr, cider, meteor });

const later: OracleFile = {
	area: 'metrics',
	file: 'later.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		yield* maeCases(oracle.mae);
		yield* psnrCases(oracle.psnr);
		yield* ciderCases(oracle.cider);
		yield* meteorCases(oracle.meteor);
	},
};

function* maeCases(expected: v.InferOutput<typeof mae>): Iterable<OracleCase> {
	const metric = new MaeAccumulator();
	for (const [i, update] of expected.updates.entries())
		yield {
			name: `mae update ${i + 1}`,
			run() {
				metric.update({
					outputs: nestedValues(update.outputs),
					labels: nestedValues(update.labels),
				});
				const [sum, count] = update.returned;
				expectClose(metric.sum, sum, { relative: 1e-7 }, 'sum');
				expectEqual(metric.count, count, 'count');
				expectClose(metric.mae(), update.mae, { relative: 1e-7 }, 'error');
				expectClose(metric.value(), update.result_after, { relative: 1e-7 }, 'result');
			},
		};
	for (const { mae: error, result } of expected.edges)
		yield { name: `mae ${error}`, run: () => expectEqual(maeScore(error), result) };
	yield {
		name: 'mae empty',
		run() {
			expectEqual(new MaeAccumulator().value(), expected.empty.result, 'result');
			expectEqual(new MaeAccumulator().mae(), oracleNumber(expected.empty.mae), 'error');
		},
	};
}

function* psnrCases(expected: v.InferOutput<typeof psnr>): Iterable<OracleCase> {
	const metric = new PsnrAccumulator();
	for (const [i, update] of expected.updates.entries())
		yield {
			name: `psnr update ${i + 1}`,
			run() {
				const outputs = nestedValues(update.outputs);
				metric.update({ outputs, labels: nestedValues(update.labels) });
				expectClose(metric.sumSquaredError, update.sum_squared_error, { relative: 1e-7 }, 'sum');
				expectEqual(metric.count, update.count, 'count');
				expectClose(metric.value(), update.result_after, { relative: 1e-7 }, 'result');
				const same = new PsnrAccumulator();
				same.update({ outputs, labels: outputs });
				expectEqual(same.value(), expected.identical_or_empty, 'identical');
			},
		};
	yield {
		name: 'psnr empty',
		run: () => expectEqual(new PsnrAccumulator().value(), expected.identical_or_empty),
	};
}

function* ciderCases(expected: v.InferOutput<typeof cider>): Iterable<OracleCase> {
	const all = new CiderAccumulator();
	for (const { hypothesis, reference } of expected.pairs) all.add(hypothesis, [reference]);
	for (const [i, { score }] of expected.pairs.entries())
		yield { name: `cider pair ${i + 1}`, run: () => expectClose(all.scores()[i]!, score) };
	yield {
		name: 'cider final',
		run() {
			expectClose(all.value(), expected.final);
			expectClose(all.meanOverThree(), expected.mean_over_3_before_cap);
		},
	};
	yield {
		name: 'cider of one pair, and of none',
		run() {
			const { hypothesis, reference } = expected.pairs[0]!;
			const one = new CiderAccumulator();
			one.add(hypothesis, [reference]);
			expectEqual(one.scores(), [expected.one_pair_only.score], 'score');
			expectEqual(one.value(), expected.one_pair_only.final, 'final');
			expectEqual(new CiderAccumulator().value(), expected.empty, 'empty');
		},
	};
}

function* meteorCases(expected: v.InferOutput<typeof meteor>): Iterable<OracleCase | SkippedCase> {
	const metric = new MeteorAccumulator();
	const skip = 'WordNet is not shipped';
	for (const { hypothesis, references, ...scores } of expected.samples) {
		const name = `meteor '${hypothesis.join(' ')}'`;
		yield {
			name,
			run() {
				expectClose(metric.add(hypothesis, references), scores.exact_and_stem, {}, 'best');
				for (const [i, reference] of references.entries()) {
					const score = scores.per_reference_exact_and_stem[i]!;
					expectClose(meteorScore(hypothesis, reference), score, {}, `reference ${i + 1}`);
				}
			},
		};
		yield { name: `${name} with WordNet`, skip };
	}
	yield {
		name: 'meteor final',
		run: () => expectClose(metric.value(), expected.final_exact_and_stem),
	};
	yield { name: 'meteor final with WordNet', skip };
	for (const [word, stemmed] of Object.entries(expected.porter_stems))
		yield { name: `stem of ${word}`, run: () => expectEqual(stem(word), stemmed) };
	yield { name: 'meteor empty', run: () => expectEqual(metricOfNothing(), expected.empty) };
}

function metricOfNothing(): number {
	return new MeteorAccumulator().value();
}

export const oracles = [later];
