/** A release for oracles: the shipped snapshot, else one built in memory from WHEELS_DIR. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import initSqlJs, { type Database } from 'sql.js';
import * as v from 'valibot';
import { openSnapshot } from '../snapshot';
import { buildWheel } from './run';

const reportSchema = v.array(v.looseObject({ finding: v.string(), count: v.number() }));

export interface OpenVersion {
	readonly db: Database;
	/** findings of the builder with their counts */
	readonly report: v.InferOutput<typeof reportSchema>;
}

/** @returns null when the version is neither shipped nor in WHEELS_DIR */
export async function openVersion(version: string): Promise<OpenVersion | null> {
	const db = await openSnapshot(version);
	if (db) {
		const url = new URL(`../../static/stat-db/${version}-report.json`, import.meta.url);
		return { db, report: v.parse(reportSchema, JSON.parse(await readFile(url, 'utf8'))) };
	}
	const folder = process.env['WHEELS_DIR'];
	const wheel = folder && join(folder, `nn_dataset-${version}-py3-none-any.whl`);
	if (!wheel || !existsSync(wheel)) return null;
	const sqlite = await initSqlJs();
	const { database, report } = await buildWheel(sqlite, wheel, () => undefined);
	return { db: new sqlite.Database(database), report: report.toJSON() };
}
