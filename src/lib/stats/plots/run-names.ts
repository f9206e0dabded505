/** The net of each of many trials, made safe for a figure once a net. */
import type { TrialColumns } from '../columns';
import { plotName } from './text';

/** @returns a trial's net, shortened and safe */
export function nameReader({ configs, nns, runs, run }: TrialColumns): (trial: number) => string {
	const names = new Map<number, string>();
	return (trial) => {
		const nn = configs.nn[runs.config[run[trial]!]!]!;
		let name = names.get(nn);
		if (name === undefined) names.set(nn, (name = plotName(nns[nn] ?? '')));
		return name;
	};
}
