import { describe, expect, it } from 'vitest';
import type { Entrant, RaceStudy } from './race';
import { spreadRace, type AskWorker } from './spread';

const entrants: readonly Entrant[] = ['a', 'b'].map((label) => ({
	...{ label, sampler: { id: 'random' }, pruner: { id: 'none' } },
}));
const TRIALS = 3;

/** Answers each study with its seed. */
const answer: AskWorker = async (_entrant, from, to) => {
	const of = (offset: number) =>
		Float64Array.from(
			{ length: (to - from) * TRIALS },
			(_, i) => from + Math.floor(i / TRIALS) + offset,
		);
	await new Promise((resolve) => setImmediate(resolve));
	return { best: of(0), seconds: of(0.5), known: 7 };
};

function collect() {
	const studies = new Map<number, RaceStudy[]>([
		[0, []],
		[1, []],
	]);
	const onPart = (place: number, some: readonly RaceStudy[]) => studies.get(place)!.push(...some);
	return { studies, onPart };
}

describe('spreadRace', () => {
	it('gives every seed of every entrant once, whatever the number of workers', async () => {
		for (const workers of [1, 3]) {
			const { studies, onPart } = collect();
			const { signal } = new AbortController();
			await spreadRace(
				Array.from({ length: workers }, () => answer),
				{ entrants, seeds: 23, trials: TRIALS },
				{ signal, onPart },
			);
			for (const list of studies.values()) {
				const seeds = list.map(({ best }) => best[0]!).sort((a, b) => a - b);
				expect(seeds).toEqual(Array.from({ length: 23 }, (_, i) => i));
				expect(list.every(({ best, seconds }) => seconds[2] === best[2]! + 0.5)).toBe(true);
			}
		}
	});

	it('begins nothing more after a failure or a stop', async () => {
		let asked = 0;
		const counting: AskWorker = async (...params) => {
			asked++;
			if (asked === 3) throw new Error('died');
			return answer(...params);
		};
		const job = { entrants, seeds: 500, trials: TRIALS };
		const { onPart } = collect();
		const { signal } = new AbortController();
		await expect(spreadRace([counting, counting], job, { signal, onPart })).rejects.toThrow('died');
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect(asked).toBeLessThan(6);

		const controller = new AbortController();
		let parts = 0;
		const stopping = () => {
			if (++parts === 2) controller.abort(new Error('stopped'));
		};
		await expect(
			spreadRace([answer], job, { signal: controller.signal, onPart: stopping }),
		).rejects.toThrow('stopped');
		expect(parts).toBe(2);
	});
});
