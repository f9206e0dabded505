/** Oracle runner of importance.json: Optuna's importances from the evaluators of this folder. */
import * as v from 'valibot';
import { expectClose, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { seededRandom } from '../random';
import { fanova, treeVariance } from './fanova';
import {
	historiesFormat,
	importanceFormat,
	type Facts,
	type PedFacts,
	type TreeFacts,
} from './importance.oracle-format';
import { pedAnova, type PedAnovaOptions } from './ped-anova';
import { normalized, type Direction, type Parameter, type Trials } from './space';

const importance: OracleFile = {
	area: 'tpe',
	file: 'importance.json',
	async *cases(json, context) {
		const oracle = v.parse(importanceFormat, json);
		const histories = v.parse(historiesFormat, await context.sibling(oracle.histories_in));
		const parameters = parametersOf(histories.space);
		for (const facts of oracle.histories) {
			const history = histories.histories.find(({ name }) => name === facts.name);
			if (!history) throw new RangeError(`There is no history ${facts.name}.`);
			const trials = trialsOf(parameters, history.trials);
			yield* pedCases(facts, trials, history.direction);
			yield* fanovaCases(facts, trials);
		}
		for (const facts of oracle.trees)
			yield { name: `tree ${facts.name}`, run: () => checkTree(facts) };
	},
};

export const oracles = [importance];

/** Own forests for each history. */
const SEEDS = 10;
const PRESETS = ['v4', 'v5'] as const;
const VARIANTS: Readonly<Record<string, Omit<PedAnovaOptions, 'direction' | 'preset'>>> = {
	default: {},
	'quantile-0.25': { baselineQuantile: 0.25 },
	global: { local: false },
};

type Space = v.InferOutput<typeof historiesFormat>['space'];
type HistoryTrials = v.InferOutput<typeof historiesFormat>['histories'][number]['trials'];

/** By code point, as the importances are listed. */
function parametersOf(space: Space): Parameter[] {
	return Object.keys(space)
		.sort()
		.map((name) => ({ name, distribution: space[name]! }));
}

function trialsOf(parameters: readonly Parameter[], rows: HistoryTrials): Trials {
	const complete = rows.filter(({ state }) => state === 'COMPLETE');
	return {
		parameters,
		inputs: parameters.map(({ name, distribution }) =>
			Float64Array.from(complete, ({ params }) =>
				distribution.type === 'categorical'
					? distribution.choices.indexOf(params[name]!)
					: v.parse(v.number(), params[name]),
			),
		),
		values: Float64Array.from(complete, ({ value }) => v.parse(v.number(), value)),
	};
}

function* pedCases(facts: Facts, trials: Trials, direction: Direction): Iterable<OracleCase> {
	for (const preset of PRESETS) {
		for (const [variant, expected] of Object.entries(facts.presets[preset].ped_anova)) {
			const options = VARIANTS[variant];
			if (!options) throw new RangeError(`${variant} is no variant of PED-ANOVA.`);
			yield {
				name: `${facts.name} ped_anova ${preset} ${variant}`,
				run: () => checkPed(trials, pedAnova(trials, { ...options, direction, preset }), expected),
			};
		}
	}
}

function checkPed({ parameters }: Trials, raw: Float64Array, expected: PedFacts): void {
	const shares = normalized(raw);
	for (const [p, { name }] of parameters.entries()) {
		expectClose(raw[p]!, expected.raw[name]!, { relative: 1e-9 }, `raw ${name}`);
		expectClose(shares[p]!, expected.normalized[name]!, { relative: 1e-9 }, `normalized ${name}`);
	}
}

function* fanovaCases(facts: Facts, trials: Trials): Iterable<OracleCase> {
	const { fanova: expected, name: history } = facts;
	let own: Float64Array[] | undefined;
	const runs = () =>
		(own ??= Array.from({ length: SEEDS }, (_, seed) => {
			const importances = fanova(trials, {
				random: seededRandom(seed),
				trees: expected.n_trees,
			});
			if (!importances) throw new Mismatch('no tree varies');
			return importances;
		}));
	for (const [p, { name }] of trials.parameters.entries()) {
		const bound = (std: number, seeds: number) => 4 * std * Math.sqrt(1 / seeds + 1 / SEEDS) + 0.01;
		for (const [kind, mean, std, values] of [
			['raw', expected.raw_mean, expected.raw_std, runs],
			[
				'normalized',
				expected.normalized_mean,
				expected.normalized_std,
				() => runs().map(normalized),
			],
		] as const)
			yield {
				name: `${history} fanova ${kind} ${name}`,
				run: () => {
					const average = values().reduce((sum, one) => sum + one[p]!, 0) / SEEDS;
					const absolute = bound(std[name]!, expected.seeds.length);
					expectClose(average, mean[name]!, { relative: 0, absolute }, `mean of ${SEEDS} seeds`);
				},
			};
	}
}

function checkTree(facts: TreeFacts): void {
	const names = Object.keys(facts.columns);
	const encoding = {
		columns: names.map((name) => facts.columns[name]!),
		bounds: facts.bounds,
	};
	const { total, marginal } = treeVariance(facts, encoding);
	const tolerance = { relative: 1e-9, absolute: 1e-13 };
	expectClose(total, facts.variance, tolerance, 'variance');
	for (const [p, name] of names.entries())
		expectClose(marginal[p]!, facts.marginal_variance[name]!, tolerance, `marginal of ${name}`);
}
