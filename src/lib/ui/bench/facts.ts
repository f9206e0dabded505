/** What a race ran on, in words. */
import type { ModelResult, RaceSettings } from '$lib/bench/race';
import type { RaceFacts } from '$lib/bench/text';
import { linesOf } from '$lib/bench/table';
import type { Ground } from '$lib/bench/strategy';

const TITLES: Readonly<Record<string, string>> = {
	webgpu: 'WebGPU',
	webgl: 'WebGL',
	cpu: 'the processor, without a GPU',
};

/** @returns every ground that was used, each once */
export function groundsOf(results: readonly ModelResult[]): readonly Ground[] {
	const found = new Map<string, Ground>();
	for (const { ground } of results.flatMap((result) => linesOf(result).lines))
		found.set(`${ground.backend} ${ground.adapter}`, ground);
	return [...found.values()];
}

export function groundText({ backend, adapter }: Ground): string {
	const name = TITLES[backend] ?? backend;
	return adapter === '' ? name : `${name} (${adapter})`;
}

/** @param browser as it names itself */
export function factsOf(
	results: readonly ModelResult[],
	{ rounds, steps }: RaceSettings,
	browser: string,
): RaceFacts {
	const grounds = groundsOf(results);
	const software = grounds.some((ground) => ground.software);
	return {
		ground:
			`On ${grounds.map(groundText).join(' and ')}.` +
			(software ? ' A software adapter: counts hold everywhere, times do not.' : ''),
		conditions: `Medians of ${rounds} rounds of ${steps} steps in alternating order. ${browser}`,
	};
}
