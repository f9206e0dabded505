/** What a worker makes of stored runs: a survey of them, and its part of a race. */
import { replayModel } from '../replay/model';
import { raceStudy } from '../replay/race';
import { observedSpace, reachedEpochs, replayTable } from '../replay/table';
import type { DataRows } from '../../stats/data-api';
import type { ReplaySurvey, StudyRequests } from './protocol';

export function surveyOf(rows: DataRows): ReplaySurvey {
	const table = replayTable(rows);
	return {
		runs: table.runs.length,
		leftOut: table.leftOut,
		space: table.runs.length === 0 ? [] : observedSpace(table),
		epochs: reachedEpochs(table),
		observations: table.runs.map(({ params, epochs, values }) => ({
			params,
			value: values.at(-1) ?? NaN,
			epoch: epochs.at(-1) ?? 0,
		})),
	};
}

/** @param breathe lets a cancel in between two studies */
export async function raceSeeds(
	params: StudyRequests['race']['params'],
	signal: AbortSignal,
	breathe: () => Promise<void>,
): Promise<StudyRequests['race']['result']> {
	const { rows, entrant, mode, epochs, trials, from, to } = params;
	const table = replayTable(rows);
	const space = observedSpace(table);
	const model = replayModel(table, space, { mode, epochs });
	const count = Math.max(0, to - from);
	const best = new Float64Array(count * trials);
	const seconds = new Float64Array(count * trials);
	for (let i = 0; i < count; i++) {
		await breathe();
		signal.throwIfAborted();
		const options = { trials, direction: 'maximize' } as const;
		const study = raceStudy(entrant, space, model, from + i, options);
		best.set(study.best, i * trials);
		seconds.set(study.seconds, i * trials);
	}
	return { best, seconds, known: model.best };
}
