/**
 * A release for oracles: the shipped snapshot, else one built in memory from WHEELS_DIR. Each is
 * opened once and shared by all runners: nobody writes to it or closes it.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import initSqlJs, { type Database } from 'sql.js';
import * as v from 'valibot';
import { buildColumns, type Mirror } from '../../src/lib/db/mirror';
import { openSnapshot } from '../snapshot';
import { buildWheel } from './run';

const reportSchema = v.array(v.looseObject({ finding: v.string(), count: v.number() }));
type Report = v.InferOutput<typeof reportSchema>;

export interface OpenVersion {
	readonly db: Database;
	readonly mirror: Mirror;
	/** findings of the builder with their counts */
	readonly report: Report;
}

const opened = new Map<string, Promise<OpenVersion | null>>();

/** @returns null when the version is neither shipped nor in WHEELS_DIR */
export function openVersion(version: string): Promise<OpenVersion | null> {
	let known = opened.get(version);
	if (!known) opened.set(version, (known = open(version)));
	return known;
}

async function open(version: string): Promise<OpenVersion | null> {
	const shipped = await openSnapshot(version);
	const found = shipped
		? { db: shipped, report: await shippedReport(version) }
		: await buildVersion(version);
	return found && { ...found, mirror: buildColumns(found.db, version) };
}

async function shippedReport(version: string): Promise<Report> {
	const url = new URL(`../../static/stat-db/${version}-report.json`, import.meta.url);
	return v.parse(reportSchema, JSON.parse(await readFile(url, 'utf8')));
}

async function buildVersion(version: string): Promise<{ db: Database; report: Report } | null> {
	const folder = process.env['WHEELS_DIR'];
	const wheel = folder && join(folder, `nn_dataset-${version}-py3-none-any.whl`);
	if (!wheel || !existsSync(wheel)) return null;
	const sqlite = await initSqlJs();
	const { database, report } = await buildWheel(sqlite, wheel, () => undefined);
	return { db: new sqlite.Database(database), report: report.toJSON() };
}
