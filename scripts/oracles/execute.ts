/** Runs the cases of one oracle file and counts them. It prints nothing (see report.ts). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWheel } from './wheel';
import type { OracleCase, OracleContext, OracleFile, SkippedCase, Wheel } from './types';

/** Where oracle files and what they refer to lie; `null` = not given. */
export interface Folders {
	oracles: string;
	/** This repository's own oracles, for siblings that `oracles` lacks. */
	ownOracles: string;
	data: string | null;
	wheels: string | null;
}

/** What became of a file's cases. */
export interface FileResult {
	area: string;
	file: string;
	passed: number;
	failures: { name: string; message: string }[];
	skips: { name: string; reason: string }[];
}

/** Run every case of `runners`, all of which read the same file. */
export async function runOracleFile(
	area: string,
	file: string,
	runners: readonly OracleFile[],
	folders: Folders,
): Promise<FileResult> {
	const result: FileResult = { area, file, passed: 0, failures: [], skips: [] };
	try {
		const context = await makeContext(area, file, folders);
		const json: unknown = JSON.parse(context.text);
		for (const runner of runners) {
			for await (const item of runner.cases(json, context)) await runCase(item, result);
		}
		if (result.passed + result.failures.length + result.skips.length === 0) {
			result.failures.push({ name: '(file)', message: 'the runner found no case in it' });
		}
	} catch (error) {
		result.failures.push({ name: '(file)', message: messageOf(error) });
	}
	return result;
}

async function runCase(item: OracleCase | SkippedCase, result: FileResult): Promise<void> {
	if ('skip' in item) {
		result.skips.push({ name: item.name, reason: item.skip });
		return;
	}
	try {
		await item.run();
		result.passed++;
	} catch (error) {
		result.failures.push({ name: item.name, message: messageOf(error) });
	}
}

async function makeContext(area: string, file: string, folders: Folders): Promise<OracleContext> {
	const path = join(folders.oracles, area, file);
	return {
		path,
		text: await readFile(path, 'utf8'),
		sibling: (name) => readSibling(area, name, folders),
		dataDir: folders.data,
		wheel: (version) => cachedWheel(folders.wheels, version),
	};
}

async function readSibling(area: string, name: string, folders: Folders): Promise<unknown> {
	const beside = join(folders.oracles, area, name);
	const text = await readFile(beside, 'utf8').catch(() =>
		readFile(join(folders.ownOracles, area, name), 'utf8'),
	);
	return JSON.parse(text);
}

const wheels = new Map<string, Wheel | null>();

/** Each wheel is opened once for all files. */
async function cachedWheel(folder: string | null, version: string): Promise<Wheel | null> {
	if (folder === null) return null;
	const path = join(folder, `nn_dataset-${version}-py3-none-any.whl`);
	const known = wheels.get(path);
	if (known !== undefined) return known;
	const wheel = openWheel(path);
	wheels.set(path, wheel);
	return wheel;
}

function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.name === 'Mismatch' ? error.message : `${error.name}: ${error.message}`;
}
