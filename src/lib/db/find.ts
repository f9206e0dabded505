/** Finds a trial by LEMUR's identity of it: what a link carries instead of a row number. */
import type { Mirror } from './mirror';
import type { Requests } from './protocol';

/** @returns the trial's index, or -1 when this snapshot has no such trial */
export function findTrial(mirror: Mirror, wanted: Requests['find']['params']): number {
	const { columns } = mirror;
	const { runs } = columns;
	const config = findConfig(mirror, wanted);
	if (config < 0) return -1;
	for (let run = lowerBound(runs.config, config); runs.config[run] === config; run++) {
		if (runs.repeat[run] !== wanted.repeat) continue;
		for (let t = runs.start[run] ?? 0; t < (runs.start[run + 1] ?? 0); t++) {
			if (columns.epoch[t] === wanted.epoch && mirror.uidText(run) === wanted.uid) return t;
		}
	}
	return -1;
}

function findConfig({ columns }: Mirror, wanted: Requests['find']['params']): number {
	const { tasks, nns, configs } = columns;
	const { task, dataset, metric } = wanted;
	const name = nns.indexOf(wanted.nn);
	const board = tasks.findIndex(
		(info) => info.task === task && info.dataset === dataset && info.metric === metric,
	);
	if (name < 0 || board < 0) return -1;
	return configs.nn.findIndex((value, i) => value === name && configs.task[i] === board);
}

/** @returns the first index whose value is not below `value`, in an ascending array */
function lowerBound(ascending: Uint32Array, value: number): number {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((ascending[middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
