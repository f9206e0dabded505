/** Stored runs made up for tests. Only for tests. */
import type { DataRows } from '../../stats/data-api';
import { streamOf } from '../random';

/** 120 stored runs of three epochs. */
export function storedRows(): DataRows {
	const count = 360;
	const of = <T>(value: T) => Array.from({ length: count }, () => value);
	const run = (i: number) => Math.floor(i / 3);
	return {
		rows: count,
		...{ task: of('t'), dataset: of('d'), metric: of('acc'), nn: of('n'), uid: of('u') },
		epoch: Float64Array.from({ length: count }, (_, i) => (i % 3) + 1),
		accuracy: Float64Array.from(
			{ length: count },
			(_, i) => (streamOf(run(i))() * (1 + (i % 3))) / 3,
		),
		duration: new Float64Array(count).fill(1e9),
		transform: of('norm'),
		prm: Uint32Array.from({ length: count }, (_, i) => run(i)),
		prmSets: Array.from({ length: 120 }, (_, i) => ({
			lr: 10 ** (-5 * streamOf(i)()),
			batch: 2 ** (i % 3),
		})),
	};
}
