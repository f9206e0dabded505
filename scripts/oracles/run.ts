/**
 * Oracle runner: `npm run test:oracles`.
 *
 * Runs the cases of every JSON file below ORACLES_DIR (default tests/oracles) through the
 * `*.oracle.ts` module that reads it. Real data comes from DATA_DIR, wheels from WHEELS_DIR.
 * Exit code 1 when a case failed, when a file of a known area has no runner, or without any case.
 */
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Folders } from './execute';
import { runTasks, startSide, type OracleTask, type Side } from './pool';
import { reportLines, totals } from './report';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ownOracles = join(root, 'tests/oracles');

const folders: Folders = {
	oracles: resolve(process.env['ORACLES_DIR'] ?? ownOracles),
	ownOracles,
	data: process.env['DATA_DIR'] ?? null,
	wheels: process.env['WHEELS_DIR'] ?? null,
};

const sides: Side[] = await Promise.all(
	Array.from({ length: Math.min(2, availableParallelism()) }, startSide),
);
const [first] = sides;
const areas = await foldersIn(folders.oracles);
const areasWithout = areas.filter((area) => !first?.areas.includes(area));
const tasks: OracleTask[] = [];
for (const area of areas.filter((area) => !areasWithout.includes(area)))
	for (const file of await jsonFilesIn(join(folders.oracles, area))) tasks.push({ area, file });
const results = [...(first?.failures ?? []), ...(await runTasks(tasks, sides, folders))];
for (const side of sides) side.end();
for (const line of reportLines(results, areasWithout)) console.log(line);
const { passed, failed, skipped } = totals(results);
process.exitCode = failed > 0 || passed + skipped === 0 ? 1 : 0;

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
