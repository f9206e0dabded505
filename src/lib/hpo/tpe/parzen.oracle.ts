/** Oracle runner of parzen.json: kernels, weights and densities from observations. */
import * as v from 'valibot';
import { expectClose, expectEqual, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { toInternal, type Distribution, type ParamValue } from '../distributions';
import { oracleDistribution, oracleReal, oracleSpace, oracleValue } from '../oracle-trials';
import { ChoiceKernels, NormalKernels, type Kernels } from './kernels';
import type { Mixture } from './mixture';
import { fitParzen } from './parzen';
import { TPE_PRESETS, type TpePresetId } from './presets';

const numbers = v.array(v.number());
const presetId = v.picklist(['v4', 'v4-multivariate', 'v5']);
const numericKernels = v.object({ mu: numbers, sigma: numbers });
const choiceKernels = v.object({ hit: numbers, miss: numbers, prior: v.number() });
const kernelFacts = v.union([numericKernels, choiceKernels]);
const densityFacts = v.object({ weights: numbers, log_pdf: v.array(oracleReal) });
const row = v.record(v.string(), oracleValue);

const format = v.object({
	univariate: v.array(
		v.object({
			name: v.string(),
			space: oracleDistribution,
			observations: v.array(oracleValue),
			queries: v.array(oracleValue),
			presets: v.record(
				presetId,
				v.union([
					v.object({ ...densityFacts.entries, ...numericKernels.entries }),
					v.object({ ...densityFacts.entries, ...choiceKernels.entries }),
				]),
			),
		}),
	),
	joint: v.array(
		v.object({
			name: v.string(),
			space: oracleSpace,
			observations: v.array(row),
			queries: v.array(row),
			presets: v.record(
				presetId,
				v.object({ ...densityFacts.entries, kernels: v.record(v.string(), kernelFacts) }),
			),
		}),
	),
});

type KernelFacts = v.InferOutput<typeof kernelFacts>;
const CLOSE = { relative: 1e-12 };

export const oracles: OracleFile[] = [
	{
		area: 'tpe',
		file: 'parzen.json',
		*cases(json) {
			const oracle = v.parse(format, json);
			for (const { name, space, observations, queries, presets } of oracle.univariate)
				for (const [id, facts] of entriesOf(presets))
					yield* casesOf(
						`${name} ${id}`,
						() => fitParzen([space], [columnOf(space, observations)], TPE_PRESETS[id]),
						queries.map((query) => [inputOf(space, query)]),
						facts,
						[facts],
					);
			for (const { name, space, observations, queries, presets } of oracle.joint) {
				const ranges = space.map(({ distribution }) => distribution);
				const columns = space.map(({ name, distribution }) =>
					columnOf(
						distribution,
						observations.map((values) => values[name]!),
					),
				);
				for (const [id, facts] of entriesOf(presets))
					yield* casesOf(
						`${name} ${id}`,
						() => fitParzen(ranges, columns, TPE_PRESETS[id]),
						queries.map((query) =>
							space.map(({ name, distribution }) => inputOf(distribution, query[name]!)),
						),
						facts,
						space.map(({ name }) => facts.kernels[name]!),
					);
			}
		},
	},
];

function entriesOf<T>(record: Partial<Record<TpePresetId, T>>): [TpePresetId, T][] {
	return Object.entries(record).map(([id, facts]) => [v.parse(presetId, id), facts]);
}

/** Queries outside of a numeric range are asked on purpose. */
function inputOf(distribution: Distribution, value: ParamValue): number {
	return distribution.type === 'categorical'
		? toInternal(distribution, value)!
		: v.parse(v.number(), value);
}

function columnOf(distribution: Distribution, values: readonly ParamValue[]): Float64Array {
	return Float64Array.from(values, (value) => inputOf(distribution, value));
}

function* casesOf(
	name: string,
	fit: () => Mixture,
	queries: readonly (readonly number[])[],
	facts: v.InferOutput<typeof densityFacts>,
	kernels: readonly KernelFacts[],
): Iterable<OracleCase> {
	yield {
		name: `${name} kernels`,
		run: () => {
			const mixture = fit();
			expectNumbers(mixture.weights.shares, facts.weights, 'weights');
			for (const [p, expected] of kernels.entries()) expectKernels(mixture.kernels[p]!, expected);
		},
	};
	yield {
		name: `${name} log_pdf`,
		run: () => {
			const mixture = fit();
			for (const [i, query] of queries.entries()) {
				const tolerance = { relative: 1e-9, absolute: 1e-10 };
				expectClose(mixture.logPdf(query), facts.log_pdf[i]!, tolerance, `at ${String(query)}`);
			}
		},
	};
}

function expectKernels(kernels: Kernels, expected: KernelFacts): void {
	if ('mu' in expected) {
		if (!(kernels instanceof NormalKernels)) throw new Mismatch('these kernels are not numeric');
		expectNumbers(kernels.mu, expected.mu, 'mu');
		expectNumbers(kernels.sigma, expected.sigma, 'sigma');
		return;
	}
	if (!(kernels instanceof ChoiceKernels)) throw new Mismatch('these kernels have no choices');
	const { observed, hit, miss, distribution } = kernels;
	expectNumbers(new Float64Array(observed.length).fill(hit), expected.hit, 'hit');
	expectNumbers(new Float64Array(observed.length).fill(miss), expected.miss, 'miss');
	expectClose(1 / distribution.choices.length, expected.prior, CLOSE, 'prior');
}

function expectNumbers(actual: Float64Array, expected: readonly number[], what: string): void {
	expectEqual(actual.length, expected.length, `${what}: length`);
	for (const [i, value] of expected.entries())
		expectClose(actual[i]!, value, CLOSE, `${what} ${i}`);
}
