/**
 * LEMUR's configuration names `<task>_<dataset>_<metric>_<nn>` and the patterns that choose them.
 *
 * Patterns are LEMUR's own, oddities included: empty parts vanish before positions are counted,
 * parts match whole, a fifth part is an epoch. The page's filters are another thing (lib/stats).
 */
import { numericAffinity } from './affinity';
import { compareText } from '../../stats/text-order';

/** Stands between the parts of a name; no part can hold it. */
export const SEPARATOR = '_';

/** Task, dataset, metric, nn. */
export type Config = readonly [task: string, dataset: string, metric: string, nn: string];

/** A configuration and the number of an epoch that some trial of it has. */
export type ConfigEpoch = readonly [...Config, epoch: number];

/** Whether there is a source file of this net. */
export type HasSource = (nn: string) => boolean;

/** Parts of a configuration name: cut at every `_`, so `''` has one empty part. */
export function splitConfig(text: string): string[] {
	return text.split(SEPARATOR);
}

/** Exactly four parts and a net with a source; task, dataset and metric are not checked. */
export function isFullConfig(parts: readonly string[], hasSource: HasSource): boolean {
	return asFullConfig(parts, hasSource) !== null;
}

function asFullConfig(parts: readonly string[], hasSource: HasSource): Config | null {
	const [task, dataset, metric, nn, ...rest] = parts;
	if (task === undefined || dataset === undefined || metric === undefined) return null;
	if (nn === undefined || rest.length > 0 || !hasSource(nn)) return null;
	return [task, dataset, metric, nn];
}

/**
 * Configurations that at least one of `patterns` chooses, sorted, each once.
 * @param stored what the database holds: a row for each trial, or once for each epoch
 */
export function selectConfigs(
	patterns: readonly string[],
	stored: readonly ConfigEpoch[],
	hasSource: HasSource,
): Config[] {
	return uniqueSorted(patterns.flatMap((pattern) => selectOne(pattern, stored, hasSource)));
}

function selectOne(
	pattern: string,
	stored: readonly ConfigEpoch[],
	hasSource: HasSource,
): Config[] {
	const parts = splitConfig(pattern).filter((part) => part !== '');
	const [task, dataset, metric, nn, epoch] = parts;
	const names = [task, dataset, metric, nn];
	const wanted = epoch === undefined ? undefined : numericAffinity(epoch);
	const found: Config[] = [];
	for (const row of stored) {
		if (!names.every((name, i) => name === undefined || name === row[i])) continue;
		if (wanted !== undefined && wanted !== BigInt(row[4])) continue;
		found.push([row[0], row[1], row[2], row[3]]);
	}
	const full = asFullConfig(parts, hasSource);
	return found.length === 0 && full ? [full] : found;
}

/** Every combination of the tasks, datasets, metrics and nets in `found` that is not in it. */
export function missingPipelines(found: readonly Config[]): Config[] {
	const known = new Set(found.map(keyOf));
	const parts = (i: 0 | 1 | 2 | 3) => [...new Set(found.map((config) => config[i]))];
	const missing: Config[] = [];
	for (const task of parts(0)) {
		for (const dataset of parts(1)) {
			for (const metric of parts(2)) {
				for (const nn of parts(3)) {
					const config: Config = [task, dataset, metric, nn];
					if (!known.has(keyOf(config))) missing.push(config);
				}
			}
		}
	}
	return uniqueSorted(missing);
}

/**
 * Trials still to run when `passed` are stored for a configuration and epoch number: a negative
 * `requested` asks for that many more, any other for that many in all.
 */
export function remainingTrials(requested: number, passed: number): number {
	return requested < 0 ? -requested : Math.max(0, requested - passed);
}

function keyOf(config: Config): string {
	return config.join('\0');
}

/** Part by part in code-point order, as Python sorts tuples. */
function uniqueSorted(configs: readonly Config[]): Config[] {
	const unique = new Map(configs.map((config) => [keyOf(config), config]));
	return [...unique.values()].sort(compareConfigs);
}

function compareConfigs(a: Config, b: Config): number {
	for (const i of [0, 1, 2, 3] as const) {
		const order = compareText(a[i], b[i]);
		if (order !== 0) return order;
	}
	return 0;
}
