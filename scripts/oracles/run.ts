/**
 * Oracle runner: `npm run test:oracles`.
 *
 * Runs the cases of every JSON file below ORACLES_DIR (default tests/oracles) through the
 * `*.oracle.ts` module that reads it. Real data comes from DATA_DIR, wheels from WHEELS_DIR.
 * Exit code 1 when a case failed, when a file of a known area has no runner, or without any case.
 */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runOracleFile, type FileResult, type Folders } from './execute';
import { reportLines, totals } from './report';
import type { OracleFile } from './types';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ownOracles = join(root, 'tests/oracles');

const folders: Folders = {
	oracles: resolve(process.env['ORACLES_DIR'] ?? ownOracles),
	ownOracles,
	data: process.env['DATA_DIR'] ?? null,
	wheels: process.env['WHEELS_DIR'] ?? null,
};

const results: FileResult[] = [];
const runners = await loadRunners();
const areasWithout: string[] = [];
for (const area of await foldersIn(folders.oracles)) {
	if (!runners.some((runner) => runner.area === area)) {
		areasWithout.push(area);
		continue;
	}
	for (const file of await jsonFilesIn(join(folders.oracles, area))) {
		const matching = runners.filter((runner) => runner.area === area && runner.file === file);
		results.push(
			matching.length > 0
				? await runOracleFile(area, file, matching, folders)
				: failedFile(area, file, `no runner of the area '${area}' reads this file`),
		);
	}
}
for (const line of reportLines(results, areasWithout)) console.log(line);
const { passed, failed, skipped } = totals(results);
process.exitCode = failed > 0 || passed + skipped === 0 ? 1 : 0;

/** Every `oracles` entry of every `*.oracle.ts` below src. */
async function loadRunners(): Promise<OracleFile[]> {
	const source = join(root, 'src');
	const paths = (await readdir(source, { recursive: true })).filter((path) =>
		path.endsWith('.oracle.ts'),
	);
	const loaded: OracleFile[] = [];
	for (const path of paths.sort()) {
		try {
			const module: unknown = await import(pathToFileURL(join(source, path)).href);
			if (!hasOracles(module)) throw new TypeError('it must export oracles: OracleFile[]');
			loaded.push(...module.oracles);
		} catch (error) {
			results.push(failedFile('src', path, `this runner cannot be loaded: ${String(error)}`));
		}
	}
	return loaded;
}

function hasOracles(module: unknown): module is { oracles: OracleFile[] } {
	return (
		typeof module === 'object' &&
		module !== null &&
		'oracles' in module &&
		Array.isArray(module.oracles)
	);
}

async function foldersIn(path: string): Promise<string[]> {
	const entries = await readdir(path, { withFileTypes: true });
	return entries
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort();
}

async function jsonFilesIn(path: string): Promise<string[]> {
	return (await readdir(path)).filter((name) => name.endsWith('.json')).sort();
}

function failedFile(area: string, file: string, message: string): FileResult {
	return { area, file, passed: 0, failures: [{ name: '(file)', message }], skips: [] };
}
