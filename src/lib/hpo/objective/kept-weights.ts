/**
 * Of all trials of a study the weights of the best one are kept: those of a thousand trials would fill
 * the disk. Records stay, and so do the checkpoints of trials that can be gone on with.
 */
import type { TrainClient } from '../../train/client';
import type { RunRow } from '../../train/run-row';

/**
 * Frees the room of checkpoints that nobody needs. Call it when a trial has ended; it never rejects, as
 * the next call does what this one could not.
 * @param pruned the trial that has just been pruned, whose run looks like one that was stopped
 */
export async function keepBestWeights(
	trainer: Pick<TrainClient, 'runs' | 'forget'>,
	study: string,
	pruned: number | null,
): Promise<void> {
	try {
		const { runs } = await trainer.runs();
		const own = runs.map(({ run }) => run).filter((run) => run.study?.id === study);
		const best = bestOf(own);
		for (const run of own)
			if (run !== best && hasWeights(run) && (isOver(run) || run.study?.trial === pruned))
				await trainer.forget(run.id);
	} catch {
		// They stay for now.
	}
}

const hasWeights = ({ slots }: RunRow) => slots.some((slot) => slot !== null);

/** One that was stopped may be gone on with. */
const isOver = ({ state, outcome }: RunRow) => state === 'ended' && outcome?.code !== 'STOPPED';

/** @param runs the newest first, as they are listed; of equal ones the first that was run is the best */
function bestOf(runs: readonly RunRow[]): RunRow | undefined {
	let best: RunRow | undefined;
	for (const run of runs)
		if (run.outcome?.code === 'FINISHED' && valueOf(run) >= valueOf(best)) best = run;
	return best;
}

const valueOf = (run: RunRow | undefined) => run?.outcome?.value ?? -Infinity;
