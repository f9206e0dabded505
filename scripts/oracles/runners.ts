/** Finds and loads the oracle runners of the source tree. It runs no case (see execute.ts). */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileResult } from './execute';
import type { OracleFile } from './types';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** Runners, and a failure for every module that is none. */
export interface LoadedRunners {
	readonly runners: readonly OracleFile[];
	readonly failures: readonly FileResult[];
}

/** Every `oracles` entry of every `*.oracle.ts` below src. */
export async function loadRunners(): Promise<LoadedRunners> {
	const paths = (await readdir(source, { recursive: true })).filter((path) =>
		path.endsWith('.oracle.ts'),
	);
	const runners: OracleFile[] = [];
	const failures: FileResult[] = [];
	for (const path of paths.sort()) {
		try {
			const module: unknown = await import(pathToFileURL(join(source, path)).href);
			if (!hasOracles(module)) throw new TypeError('it must export oracles: OracleFile[]');
			runners.push(...module.oracles);
		} catch (error) {
			failures.push(failedFile('src', path, `this runner cannot be loaded: ${String(error)}`));
		}
	}
	return { runners, failures };
}

/** A file of which nothing could be run. */
export function failedFile(area: string, file: string, message: string): FileResult {
	return { area, file, passed: 0, failures: [{ name: '(file)', message }], skips: [] };
}

function hasOracles(module: unknown): module is { oracles: OracleFile[] } {
	return (
		typeof module === 'object' &&
		module !== null &&
		'oracles' in module &&
		Array.isArray(module.oracles)
	);
}
