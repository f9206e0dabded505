/** Replay as an objective: a trial is answered from stored runs, epoch by epoch, without training. */
import * as v from 'valibot';
import type { DataRows } from '../../stats/data-api';
import { replayModel, type ReplayModel } from '../replay/model';
import { replayTable } from '../replay/table';
import type { ObjectiveSpec } from './registry';
import type { Objective } from './objective';

const name = v.pipe(v.string(), v.maxLength(200));

/** One of LEMUR's configurations. */
export const configurationSchema = v.object({ task: name, dataset: name, metric: name, nn: name });
export type Configuration = v.InferOutput<typeof configurationSchema>;

export const replaySettings = v.object({
	...configurationSchema.entries,
	/** of a trial */
	epochs: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
	mode: v.picklist(['nearest', 'surrogate']),
});
export type ReplaySettings = v.InferOutput<typeof replaySettings>;

/** Where stored rows come from: the data worker, or a test. */
export interface RowSource {
	/** @returns the rows of one configuration, as LEMUR's `data()` gives them */
	rows(configuration: Configuration): Promise<DataRows>;
}

/** @returns the objective of a model; between two epochs it lets others in */
export function replayObjective(
	model: ReplayModel,
	breathe: () => Promise<void> = async () => {},
): Objective {
	return {
		async run(params, { signal, report }) {
			const { epochs, values } = model.curve(params);
			for (let i = 0; i < epochs.length; i++) {
				await breathe();
				signal.throwIfAborted();
				if (await report(epochs[i]!, values[i]!)) return { state: 'PRUNED' };
			}
			return values.at(-1)!;
		},
	};
}

export const replaySpec: ObjectiveSpec<ReplaySettings> = {
	id: 'replay',
	title: 'Replay of LEMUR’s stored runs',
	settings: replaySettings,
	async make({ epochs, mode, ...configuration }, { definition }, { source, breathe }) {
		const table = replayTable(await source.rows(configuration));
		const maximize = definition.directions[0] === 'maximize';
		return replayObjective(
			replayModel(table, definition.space, { mode, epochs, maximize }),
			breathe,
		);
	},
};
