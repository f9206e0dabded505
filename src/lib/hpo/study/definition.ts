/** What a study is before its first trial: the part of it that a link carries. */
import * as v from 'valibot';
import { SpaceError } from '../distributions';
import { prunerSchema } from '../pruners/registry';
import { samplerSchema } from '../samplers/registry';
import { spaceOf, type Space } from '../space';

/** More is a mistake or an attack. */
const MAX_PARAMETERS = 500;
const MAX_CHOICES = 10_000;

const choice = v.union([v.string(), v.number(), v.boolean(), v.null()]);

const distributionSchema = v.variant('type', [
	v.object({
		type: v.picklist(['float', 'int']),
		low: v.number(),
		high: v.number(),
		step: v.nullable(v.number()),
		log: v.boolean(),
	}),
	v.object({
		type: v.literal('categorical'),
		choices: v.pipe(v.array(choice), v.maxLength(MAX_CHOICES), v.readonly()),
	}),
]);

/** A space whose ranges can all be searched; the issue says in words what is wrong with one. */
export const spaceSchema = v.pipe(
	v.array(v.object({ name: v.string(), distribution: distributionSchema })),
	v.maxLength(MAX_PARAMETERS),
	v.readonly(),
	v.rawTransform(({ dataset, addIssue, NEVER }): Space => {
		try {
			return spaceOf(dataset.value.map(({ name, distribution }) => [name, distribution] as const));
		} catch (error) {
			if (!(error instanceof SpaceError)) throw error;
			addIssue({ message: error.message });
			return NEVER;
		}
	}),
);

export const directionSchema = v.picklist(['minimize', 'maximize']);

/** Names are shown and go into files; nothing else reads them. */
export const nameSchema = v.pipe(
	v.string(),
	v.trim(),
	v.minLength(1, 'A study needs a name.'),
	v.maxLength(200, 'A name may have 200 characters.'),
);

export const definitionSchema = v.object({
	/** also decides Hyperband's brackets, as in Optuna */
	name: nameSchema,
	directions: v.pipe(v.array(directionSchema), v.minLength(1), v.maxLength(10)),
	space: spaceSchema,
	sampler: samplerSchema,
	pruner: prunerSchema,
	seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	/** what a trial runs; the settings are that objective's own */
	objective: v.object({ id: v.string(), settings: v.record(v.string(), v.unknown()) }),
});

/** A study's definition, with all defaults filled in. */
export type StudyDefinition = Readonly<v.InferOutput<typeof definitionSchema>>;
/** The same before the defaults are filled in and the ranges are checked. */
export type StudyDefinitionInput = Readonly<
	Omit<v.InferInput<typeof definitionSchema>, 'space'> & { space: Space }
>;

/** The definition is not one. The message says where and why. */
export class DefinitionError extends Error {
	override readonly name = 'DefinitionError';
}

/** @throws DefinitionError that names the field and the rule */
export function defineStudy(input: StudyDefinitionInput): StudyDefinition {
	const result = v.safeParse(definitionSchema, input);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw new DefinitionError(`${v.getDotPath(issue) ?? 'study'}: ${issue.message}`);
}
