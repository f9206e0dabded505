/** Oracle runner of suggest.json: the law of the next suggestion, as 1,000 of them show it. */
import * as v from 'valibot';
import { Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import {
	chiSquareTest,
	kolmogorovBound,
	shareBelow,
	spearman,
	twoSampleChiSquare,
} from '../oracle-statistics';
import { oracleDirection, oracleSpace, oracleTrial, trialOf } from '../oracle-trials';
import type { Space } from '../space';
import type { History } from '../trial';
import type { TpePresetId } from './presets';
import { tpeSampler } from './sampler';

const numbers = v.array(v.number());
const numericFacts = v.object({
	quantiles: numbers,
	exact: v.optional(v.object({ levels: numbers, quantiles: numbers })),
});
const choiceFacts = v.object({
	counts: numbers,
	exact: v.optional(v.object({ p: numbers, groups: v.array(numbers) })),
});
const correlations = v.record(v.string(), v.number());
const presetFacts = v.record(v.string(), v.union([numericFacts, choiceFacts, correlations]));

const format = v.object({
	space: oracleSpace,
	draws: v.number(),
	levels: numbers,
	histories: v.array(
		v.object({
			name: v.string(),
			direction: oracleDirection,
			trials: v.array(oracleTrial),
			presets: v.object({ v4: presetFacts, 'v4-multivariate': presetFacts, v5: presetFacts }),
		}),
	),
});

type Oracle = v.InferOutput<typeof format>;
type Facts = v.InferOutput<typeof presetFacts>;

const DRAWS = 1_000;
/** Of one comparison; there are about 150, so chance fails one of them in a hundred files. */
const LEVEL = 5e-5;
/** Standard errors that chance exceeds with about this probability. */
const DEVIATIONS = 4.1;

export const oracles: OracleFile[] = [
	{
		area: 'tpe',
		file: 'suggest.json',
		*cases(json) {
			const oracle = v.parse(format, json);
			for (const { name, direction, trials, presets } of oracle.histories) {
				const history: History = {
					directions: [direction],
					trials: trials.map((row) => trialOf(row, oracle.space)),
				};
				for (const id of ['v4', 'v4-multivariate', 'v5'] as const)
					yield* casesOf(`${name} ${id}`, oracle, presets[id], drawer(history, oracle.space, id));
			}
		},
	},
];

/** By parameter: the inputs of the next suggestion under each seed; drawn when first asked for. */
function drawer(history: History, space: Space, preset: TpePresetId): () => number[][] {
	let columns: number[][] | undefined;
	return () => {
		if (columns) return columns;
		const sampler = tpeSampler({ preset });
		const trial = history.trials.length;
		const rows = Array.from({ length: DRAWS }, (_, seed) =>
			sampler.suggest({ history, space, trial, seed }),
		);
		return (columns = space.map((_, p) => rows.map((row) => row[p]!)));
	};
}

function* casesOf(
	name: string,
	oracle: Oracle,
	facts: Facts,
	columns: () => number[][],
): Iterable<OracleCase> {
	const { space } = oracle;
	for (const [p, parameter] of space.entries()) {
		const expected = facts[parameter.name];
		if (!expected) continue;
		const own = () => columns()[p]!;
		yield {
			name: `${name} ${parameter.name}`,
			run: () => {
				if (v.is(numericFacts, expected)) checkNumeric(own(), expected, oracle);
				else if (v.is(choiceFacts, expected)) checkChoices(own(), expected);
				else throw new TypeError('neither quantiles nor counts');
			},
		};
	}
	for (const [pair, expected] of Object.entries(v.parse(correlations, facts.rank_correlation)))
		yield {
			name: `${name} rank correlation ${pair}`,
			run: () => {
				const [a, b] = pair.split(',').map((one) => space.findIndex(({ name }) => name === one));
				const actual = spearman(columns()[a!]!, columns()[b!]!);
				const bound = DEVIATIONS * Math.sqrt(1 / DRAWS + 1 / oracle.draws);
				if (Math.abs(actual - expected) > bound)
					throw new Mismatch(`${actual}, expected ${expected} within ${bound}`);
			},
		};
}

function checkNumeric(
	own: readonly number[],
	{ quantiles, exact }: v.InferOutput<typeof numericFacts>,
	{ levels, draws }: Oracle,
): void {
	const ascending = Float64Array.from(own).sort();
	const compare = (levels: readonly number[], values: readonly number[], n: number) => {
		const bound = kolmogorovBound(n, LEVEL);
		for (const [i, level] of levels.entries()) {
			const share = shareBelow(ascending, values[i]!);
			if (Math.abs(share - level) > bound)
				throw new Mismatch(
					`${share} of the draws are below ${values[i]}, expected ${level} within ${bound}`,
				);
		}
	};
	if (exact) return compare(exact.levels, exact.quantiles, DRAWS);
	// The ends of a sample are its least and its largest draw, which say nothing of the law.
	const inner = levels.slice(1, -1);
	compare(inner, quantiles.slice(1, -1), 1 / (1 / DRAWS + 1 / draws));
}

function checkChoices(
	own: readonly number[],
	{ counts, exact }: v.InferOutput<typeof choiceFacts>,
): void {
	const observed = counts.map((_, choice) => own.filter((drawn) => drawn === choice).length);
	const sums = (values: readonly number[], groups: readonly (readonly number[])[]) =>
		groups.map((group) => group.reduce((sum, choice) => sum + values[choice]!, 0));
	const p = exact
		? chiSquareTest(
				sums(observed, exact.groups),
				sums(exact.p, exact.groups).map((share) => share * DRAWS),
			)
		: twoSampleChiSquare(observed, counts);
	if (p < LEVEL)
		throw new Mismatch(`${String(observed)} has the probability ${p}, expected ${String(counts)}`);
}
