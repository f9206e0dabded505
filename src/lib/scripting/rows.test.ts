import { describe, expect, it, vi } from 'vitest';
import { dataRowObjects } from './rows';

const many = 45_000;
const texts = Array.from({ length: many }, () => 'x');

describe('dataRowObjects', () => {
	it('gives the page a turn between slices and loses no row', async () => {
		const pause = vi.fn(async () => undefined);
		const rows = await dataRowObjects(
			{
				rows: many,
				task: texts,
				dataset: texts,
				metric: texts,
				nn: texts,
				uid: texts,
				transform: texts,
				epoch: Float64Array.from(texts, (_, i) => i),
				accuracy: new Float64Array(many),
				duration: new Float64Array(many),
				prm: new Uint32Array(many),
				prmSets: [{}],
			},
			pause,
		);
		expect(pause).toHaveBeenCalledTimes(2);
		expect([rows.length, rows[20_000]?.epoch, rows.at(-1)?.epoch]).toEqual([
			many,
			20_000,
			many - 1,
		]);
	});
});
