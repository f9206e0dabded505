/** The part of a race that one worker runs: some seeds of one entrant. */
import { replayModel } from '../replay/model';
import { raceStudy } from '../replay/race';
import { observedSpace, replayTable } from '../replay/table';
import type { StudyRequests } from './protocol';

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
