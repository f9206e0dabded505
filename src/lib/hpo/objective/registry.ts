/** All objectives that a study may have. A new one is one file and one line here. */
import * as v from 'valibot';
import type { StudyDefinition } from '../study/definition';
import { messageOf, type Objective } from './objective';
import { replaySpec, type RowSource } from './replay';
import { trainSpec, type Trainer } from './train';

/** What the surroundings lend to objectives. */
export interface ObjectiveServices {
	readonly source: RowSource;
	/** a new training worker; closed by whoever asked */
	readonly trainer: () => Trainer;
	/** lets other work in between two steps */
	readonly breathe: () => Promise<void>;
}

/** One kind of objective. */
export interface ObjectiveSpec<Settings> {
	/** what a definition names it by */
	readonly id: string;
	readonly title: string;
	/** its settings in a definition */
	readonly settings: v.GenericSchema<unknown, Settings>;
	/** @throws Error in words when the study cannot be run so */
	make(
		settings: Settings,
		study: { readonly definition: StudyDefinition },
		services: ObjectiveServices,
	): Promise<Objective>;
}

/** The same without its settings' type: they are read where they are used. */
export interface AnyObjective {
	readonly id: string;
	readonly title: string;
	make(definition: StudyDefinition, services: ObjectiveServices): Promise<Objective>;
}

/** The objective cannot be made here. The message says why, and what to do. */
export class ObjectiveError extends Error {
	override readonly name = 'ObjectiveError';
}

function any<Settings>(spec: ObjectiveSpec<Settings>): AnyObjective {
	return {
		id: spec.id,
		title: spec.title,
		async make(definition, services) {
			const settings = v.safeParse(spec.settings, definition.objective.settings);
			if (!settings.success) {
				const [issue] = settings.issues;
				throw new ObjectiveError(`${spec.title}: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
			}
			try {
				return await spec.make(settings.output, { definition }, services);
			} catch (error) {
				throw new ObjectiveError(messageOf(error), { cause: error });
			}
		},
	};
}

const objectives = new Map<string, AnyObjective>();

/** Makes an objective known; one of the same id is replaced. */
export function registerObjective<Settings>(spec: ObjectiveSpec<Settings>): void {
	objectives.set(spec.id, any(spec));
}

registerObjective(replaySpec);
registerObjective(trainSpec);

/** @returns the ids of all objectives, in the order in which they were registered */
export function objectiveIds(): string[] {
	return [...objectives.keys()];
}

/** @returns the objective of an id, undefined when there is none here */
export function objectiveOf(id: string): AnyObjective | undefined {
	return objectives.get(id);
}

/** @throws ObjectiveError when there is no such objective, or it cannot be made of these settings */
export async function makeObjective(
	definition: StudyDefinition,
	services: ObjectiveServices,
): Promise<Objective> {
	const { id } = definition.objective;
	const spec = objectives.get(id);
	if (spec) return spec.make(definition, services);
	throw new ObjectiveError(
		`This study’s trials were run by “${id}”, which this page cannot run. Its results can be looked at and exported.`,
	);
}
