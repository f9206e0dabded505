/** A record of LEMUR as a trial of this site, where its net is here. */
import type { RunDetail } from '../../stats/run-detail';
import { NET_NAMES } from '../../nets/names';
import type { TrainSetup } from '../../train/setup';

/** Marks of runs in a browser: no hyperparameters. */
const MARKS: ReadonlySet<string> = new Set(['seed', 'train_limit', 'test_limit', 'accuracy_gate']);

/** @returns the same settings, or undefined where the task or the net is not here */
export function trainHere({
	task,
	nn,
	dataset,
	transform,
	prm,
	epochs,
}: RunDetail): TrainSetup | undefined {
	if (task !== 'img-classification' || !NET_NAMES.includes(nn)) return undefined;
	const numbers = prm.flatMap(({ name, value }): [string, number][] =>
		typeof value === 'number' && !MARKS.has(name) ? [[name, value]] : [],
	);
	const seed = prm.find(({ name }) => name === 'seed')?.value;
	return {
		...{ dataset, nn, epochs: Math.max(1, epochs.at(-1) ?? 1), prm: Object.fromEntries(numbers) },
		...(transform === '' ? {} : { transform }),
		...(typeof seed === 'number' ? { seed } : {}),
	};
}
