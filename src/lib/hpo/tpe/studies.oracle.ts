/** Oracle runner of studies.json: whole studies are as good as Optuna's, within sampling error. */
import * as v from 'valibot';
import { expectClose, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { oracleObjective, type OracleObjective } from '../oracle-objectives';
import { mannWhitney } from '../oracle-statistics';
import { oracleDirection, oracleSpace } from '../oracle-trials';
import type { SamplerChoice } from '../samplers/registry';
import { createStudy } from '../study/ask-tell';
import type { StudyDefinitionInput } from '../study/definition';

const numbers = v.array(v.number());
const presetFacts = v.object({ mean: numbers, std: numbers, best: v.array(numbers) });
const format = v.object({
	checkpoints: numbers,
	objectives: v.array(
		v.object({
			name: v.string(),
			direction: oracleDirection,
			space: oracleSpace,
			constants: v.unknown(),
			presets: v.object({
				v4: presetFacts,
				'v4-multivariate': presetFacts,
				v5: presetFacts,
				random: presetFacts,
			}),
		}),
	),
});

type ObjectiveFacts = v.InferOutput<typeof format>['objectives'][number];
type PresetId = keyof ObjectiveFacts['presets'];

const SAMPLERS: Readonly<Record<PresetId, SamplerChoice>> = {
	random: { id: 'random' },
	v4: { id: 'tpe', preset: 'v4', startupTrials: 10, candidates: 24 },
	'v4-multivariate': { id: 'tpe', preset: 'v4-multivariate', startupTrials: 10, candidates: 24 },
	v5: { id: 'tpe', preset: 'v5', startupTrials: 10, candidates: 24 },
};
const PRESETS: readonly PresetId[] = ['random', 'v4', 'v4-multivariate', 'v5'];
const SEEDS = 30;
/** Of all comparisons together. */
const LEVEL = 0.01;

export const oracles: OracleFile[] = [
	{
		area: 'tpe',
		file: 'studies.json',
		*cases(json) {
			const { objectives, checkpoints } = v.parse(format, json);
			const cells = objectives.length * PRESETS.length * checkpoints.length;
			for (const objective of objectives)
				for (const preset of PRESETS) {
					const { best } = objective.presets[preset];
					let own: number[][] | undefined;
					const run = () => (own ??= bestsOf(objective, preset, checkpoints));
					for (const [column, trials] of checkpoints.entries())
						yield {
							name: `${objective.name} ${preset} after ${trials}`,
							run: () => compare(columnOf(run(), column), columnOf(best, column), LEVEL / cells),
						};
				}
			yield* objectiveCases(objectives);
		},
	},
];

function columnOf(rows: readonly (readonly number[])[], column: number): number[] {
	return rows.map((row) => row[column]!);
}

/** One row for each seed: the best value after each checkpoint. */
function bestsOf(
	{ name, direction, space, constants }: ObjectiveFacts,
	preset: PresetId,
	checkpoints: readonly number[],
): number[][] {
	const objective = oracleObjective(name, constants);
	const definition: Omit<StudyDefinitionInput, 'seed'> = {
		name,
		directions: [direction],
		space,
		sampler: SAMPLERS[preset],
		pruner: { id: 'none' },
		objective: { id: 'oracle', settings: {} },
	};
	return Array.from({ length: SEEDS }, (_, seed) =>
		bestOfStudy({ ...definition, seed }, objective, checkpoints),
	);
}

function bestOfStudy(
	definition: StudyDefinitionInput,
	objective: OracleObjective,
	checkpoints: readonly number[],
): number[] {
	const study = createStudy(definition, () => 0);
	return checkpoints.map((trials) => {
		while (study.study.trials.length < trials) {
			const { number, params } = study.ask();
			study.tell(number, objective(params));
		}
		return study.study.best!.values![0]!;
	});
}

/** Either test may let it pass: the second is for cells where all values are nearly equal. */
function compare(own: readonly number[], theirs: readonly number[], level: number): void {
	const p = mannWhitney(own, theirs);
	if (p >= level) return;
	const [a, b] = [momentsOf(own), momentsOf(theirs)];
	const error = Math.sqrt(a.variance / own.length + b.variance / theirs.length);
	if (Math.abs(a.mean - b.mean) < 3 * error) return;
	throw new Mismatch(`mean ${a.mean}, expected ${b.mean}; Mann-Whitney p = ${p} < ${level}`);
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return { mean, variance: squares / (values.length - 1) };
}

/** Known minima: the objectives themselves are right. */
function* objectiveCases(objectives: readonly ObjectiveFacts[]): Iterable<OracleCase> {
	const minima: Readonly<Record<string, readonly [Record<string, number>, number]>> = {
		branin: [{ x1: Math.PI, x2: 2.275 }, 0.397887],
		hartmann6: [
			{ x0: 0.20169, x1: 0.150011, x2: 0.476874, x3: 0.275332, x4: 0.311652, x5: 0.6573 },
			-3.32237,
		],
	};
	for (const { name, constants } of objectives) {
		const known = minima[name];
		if (known)
			yield {
				name: `${name} at its minimum`,
				run: () =>
					expectClose(oracleObjective(name, constants)(known[0]), known[1], { relative: 1e-5 }),
			};
	}
}
