/** A worker of the benchmark: races studies over the stored runs it was given, a few seeds at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { replayModel } from '../../src/lib/hpo/replay/model';
import { raceStudy, type Entrant } from '../../src/lib/hpo/replay/race';
import { observedSpace, type ReplayTable } from '../../src/lib/hpo/replay/table';

interface RaceData {
	readonly table: ReplayTable;
	readonly entrant: Entrant;
	readonly trials: number;
	readonly epochs: number;
}

const isRaceData = (data: unknown): data is RaceData =>
	typeof data === 'object' && data !== null && 'table' in data && 'entrant' in data;
const data = v.parse(v.custom<RaceData>(isRaceData), workerData);
const space = observedSpace(data.table);
const model = replayModel(data.table, space, { mode: 'nearest', epochs: data.epochs });

parentPort?.on('message', (seeds: unknown) => {
	const { from, to } = v.parse(v.object({ from: v.number(), to: v.number() }), seeds);
	const bests: number[] = [];
	for (let seed = from; seed < to; seed++) {
		const options = { trials: data.trials, direction: 'maximize' } as const;
		bests.push(raceStudy(data.entrant, space, model, seed, options).best.at(-1) ?? NaN);
	}
	parentPort?.postMessage({ bests, best: model.best });
});
