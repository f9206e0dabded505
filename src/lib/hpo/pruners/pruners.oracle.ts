/** Oracle runner of pruners.json: whole studies under a pruner, decision by decision. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { oracleDirection, oracleReal } from '../oracle-trials';
import type { Outcome } from '../study/study';
import { createStudy, type AskTell } from '../study/ask-tell';
import { bracketCount, bracketOf, makeBrackets } from './hyperband';
import { lastStep } from '../trial';
import { prunerSchema, type PrunerChoice } from './registry';

const numbers = v.array(v.number());
const resource = v.union([v.number(), v.literal('auto')]);

const trialFacts = v.object({
	decisions: numbers,
	pruned_at: v.nullable(v.number()),
	state: v.string(),
	rungs: v.optional(v.array(oracleReal)),
	bracket: v.optional(v.number()),
});

const argsFormat = v.strictObject({
	percentile: v.optional(v.number()),
	n_startup_trials: v.optional(v.number()),
	n_warmup_steps: v.optional(v.number()),
	interval_steps: v.optional(v.number()),
	n_min_trials: v.optional(v.number()),
	min_resource: v.optional(resource),
	max_resource: v.optional(resource),
	reduction_factor: v.optional(v.number()),
	min_early_stopping_rate: v.optional(v.number()),
	bootstrap_count: v.optional(v.number()),
});

const caseFormat = v.object({
	name: v.string(),
	pruner: v.picklist(['median', 'percentile', 'successive_halving', 'hyperband']),
	args: argsFormat,
	direction: oracleDirection,
	study_name: v.string(),
	steps: numbers,
	values: v.array(v.array(oracleReal)),
	schedule: v.optional(v.nullable(numbers)),
	trials: v.array(trialFacts),
	info: v.object({
		min_resource: v.optional(v.nullable(v.number())),
		max_resource: v.optional(v.nullable(v.number())),
		n_brackets: v.optional(v.number()),
		budgets: v.optional(numbers),
	}),
});

const format = v.object({
	cases: v.array(caseFormat),
	brackets: v.array(
		v.object({
			min_resource: v.number(),
			max_resource: v.number(),
			reduction_factor: v.number(),
			n_brackets: v.number(),
			budgets: numbers,
			study_name: v.string(),
			bracket_of_trials_0_to_9: numbers,
		}),
	),
	short_powers: v.array(
		v.object({ reduction_factor: v.number(), max_resource: v.number(), n_brackets: v.number() }),
	),
});

type Case = v.InferOutput<typeof caseFormat>;

export const oracles: OracleFile[] = [
	{
		area: 'tpe',
		file: 'pruners.json',
		*cases(json): Iterable<OracleCase> {
			const oracle = v.parse(format, json);
			for (const facts of oracle.cases) yield { name: facts.name, run: () => checkStudy(facts) };
			for (const { reduction_factor: reductionFactor, ...facts } of oracle.brackets) {
				const { min_resource: minResource, max_resource: maxResource } = facts;
				yield {
					name: `brackets ${minResource} ${maxResource} ${reductionFactor}`,
					run: () => {
						const { budgets } = makeBrackets({ minResource, maxResource, reductionFactor });
						expectEqual(budgets, facts.budgets, 'budgets');
						expectEqual(budgets.length, facts.n_brackets, 'brackets');
						const own = facts.bracket_of_trials_0_to_9.map((_, trial) =>
							bracketOf(facts.study_name, trial, budgets),
						);
						expectEqual(own, facts.bracket_of_trials_0_to_9, 'brackets of trials');
					},
				};
			}
			for (const { reduction_factor, max_resource, n_brackets } of oracle.short_powers)
				yield {
					name: `short power ${max_resource} of ${reduction_factor}`,
					run: () => expectEqual(bracketCount(max_resource, reduction_factor), n_brackets),
				};
		},
	},
];

/** Their names of options, and ours. */
const OPTIONS = {
	percentile: 'percentile',
	n_startup_trials: 'startupTrials',
	n_warmup_steps: 'warmupSteps',
	interval_steps: 'intervalSteps',
	n_min_trials: 'minTrials',
	min_resource: 'minResource',
	max_resource: 'maxResource',
	reduction_factor: 'reductionFactor',
	min_early_stopping_rate: 'minEarlyStoppingRate',
	bootstrap_count: 'bootstrapCount',
} as const satisfies Record<keyof Case['args'], string>;

function choiceOf({ pruner, args }: Case): PrunerChoice {
	const options = Object.entries(OPTIONS).flatMap(([theirs, ours]) => {
		const value = args[v.parse(v.keyof(argsFormat), theirs)];
		return value === undefined ? [] : [[ours, value] as const];
	});
	const id = pruner === 'successive_halving' ? 'successive-halving' : pruner;
	return v.parse(prunerSchema, { id, ...Object.fromEntries(options) });
}

function checkStudy(facts: Case): void {
	const study = createStudy({
		name: facts.study_name,
		directions: [facts.direction],
		space: [],
		sampler: { id: 'random' },
		pruner: choiceOf(facts),
		seed: 0,
		objective: { id: 'oracle', settings: {} },
	});
	const decisions = playAll(study, facts);
	for (const [number, expected] of facts.trials.entries()) {
		const trial = study.study.trial(number);
		const step = lastStep(trial);
		const what = `trial ${number}`;
		expectEqual(decisions[number], expected.decisions, `${what}: decisions`);
		expectEqual(trial.state, expected.state, `${what}: state`);
		expectEqual(trial.prune ? step : null, expected.pruned_at, `${what}: pruned at`);
		if (expected.rungs) expectEqual(trial.rungs, expected.rungs, `${what}: rungs`);
	}
	checkInfo(study, facts);
}

/** @returns the decisions of every trial, in the order of its reports */
function playAll(study: AskTell, { values, steps, schedule }: Case): number[][] {
	const decisions = values.map((): number[] => []);
	const open = new Set<number>();
	const finish = (number: number, outcome: Outcome) => {
		study.tell(number, outcome);
		open.delete(number);
	};
	const report = (number: number) => {
		const reports = decisions[number]!;
		const value = values[number]![reports.length];
		if (value === undefined || !open.has(number)) return;
		const prune = study.report(number, steps[reports.length]!, value);
		reports.push(Number(prune));
		if (prune) finish(number, { state: 'PRUNED' });
		else if (reports.length === values[number]!.length)
			finish(number, Number.isNaN(value) ? 0 : value);
	};
	const order = schedule ?? values.flatMap((row, number) => row.map(() => number));
	const begin = (trials: number) => {
		while (study.study.trials.length < trials) open.add(study.ask().number);
	};
	if (schedule) begin(values.length);
	for (const number of order) {
		begin(number + 1);
		report(number);
	}
	return decisions;
}

function checkInfo({ study }: AskTell, { info, trials, args, study_name }: Case): void {
	const { memory } = study;
	if (info.min_resource !== undefined)
		expectEqual(memory.minResource ?? args.min_resource, info.min_resource, 'min_resource');
	if (info.max_resource === null || info.max_resource === undefined) return;
	expectEqual(memory.maxResource ?? args.max_resource, info.max_resource, 'max_resource');
	const { budgets } = makeBrackets({
		minResource: typeof args.min_resource === 'number' ? args.min_resource : 1,
		maxResource: info.max_resource,
		reductionFactor: args.reduction_factor ?? 3,
	});
	expectEqual(budgets, info.budgets, 'budgets');
	for (const [number, { bracket }] of trials.entries())
		expectEqual(bracketOf(study_name, number, budgets), bracket, `bracket of trial ${number}`);
}
