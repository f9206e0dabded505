/** LEMUR's small questions beside `data()`, answered from a snapshot for the oracle runner alone. */
import { createHash } from 'node:crypto';
import type { Database, SqlValue } from 'sql.js';
import type { Wheel } from '../../../scripts/oracles/types';
import { parsePythonJson } from '../db/records/python-json';
import type { TrialColumns } from './columns';
import type { DataRows } from './data-api';
import { canonicalJson } from './data-api.oracle-text';
import type { Conditions } from './filter';
import { matchTrials } from './match';

const KEYS = ['task', 'dataset', 'metric', 'nn'] as const;

/** @returns the filter of a configuration's leading parts; an epoch may come fifth */
function conditionsOf(parts: readonly (string | number)[]): Conditions {
	let conditions: Conditions = {};
	for (const [i, key] of KEYS.entries())
		if (parts[i] !== undefined) conditions = { ...conditions, [key]: [String(parts[i])] };
	const epoch = parts[4];
	return epoch === undefined
		? conditions
		: { ...conditions, epoch: { min: Number(epoch), max: Number(epoch) } };
}

/** `unique_configs`: a full pattern without trials stands for itself where the net is known. */
export function configurations(
	db: Database,
	columns: TrialColumns,
	pattern: readonly string[],
): string[] {
	const parts = pattern.filter((part) => part !== '');
	const { tasks, nns, configs, runs, run } = columns;
	const found = new Set<number>();
	for (const trial of matchTrials(columns, conditionsOf(parts)).ids)
		found.add(runs.config[run[trial]!]!);
	const names = [...found].map((config) => {
		const { task, dataset, metric } = tasks[configs.task[config]!]!;
		return [task, dataset, metric, nns[configs.nn[config]!]!].join('_');
	});
	if (names.length > 0 || parts.length !== KEYS.length) return names;
	const known = db.exec('SELECT 1 FROM dim_nn WHERE name = ?', [parts[3] ?? '']).length > 0;
	return known ? [parts.join('_')] : [];
}

/** Trials of (task, dataset, metric, nn, epoch). */
export function passedTrials(columns: TrialColumns, config: readonly (string | number)[]): number {
	return matchTrials(columns, conditionsOf(config)).count;
}

interface RunArguments {
	readonly model_name?: string | undefined;
	readonly device_type?: string | undefined;
	readonly max_rows?: number | null | undefined;
}

/** `run_data`: one line per device run, and the sum of durations. */
export function deviceRunLines(db: Database, args: RunArguments): { lines: string[]; sum: string } {
	const limit = args.max_rows ? ` LIMIT ${args.max_rows}` : '';
	const statement = db.prepare(
		`SELECT id, model_name, device_type, os_version, valid, emulator, error_message, duration,
			device_analytics_json FROM run
		 WHERE coalesce(model_name = $model, 1) AND coalesce(device_type = $device, 1)
		 ORDER BY model_name${limit}`,
	);
	statement.bind({ $model: args.model_name ?? null, $device: args.device_type ?? null });
	const lines: string[] = [];
	let sum = 0n;
	while (statement.step()) {
		const row = statement.get();
		sum += BigInt(Number(row[7] ?? 0));
		lines.push([...row.slice(0, 8).map(textOf), analytics(row[8] ?? null)].join('\t'));
	}
	statement.free();
	return { lines, sum: String(sum) };
}

const textOf = (value: SqlValue) => (value === null ? 'null' : String(value));

function analytics(text: SqlValue): string {
	return typeof text === 'string' ? canonicalJson(parsePythonJson(text)) : 'null';
}

/** Kind, name and hash of the source of every net, metric and transform among the rows. */
export async function codeLines(wheel: Wheel, rows: DataRows): Promise<string[]> {
	const lines: string[] = [];
	const files = new Set(wheel.names);
	for (const kind of ['nn', 'metric', 'transform'] as const) {
		for (const name of new Set(rows[kind])) {
			const path = `ab/nn/${kind}/${name}.py`;
			if (!files.has(path)) continue;
			const code = new TextDecoder().decode(await wheel.read(path)).replace(/\r\n?/g, '\n');
			lines.push([kind, name, createHash('sha256').update(code).digest('hex')].join('\t'));
		}
	}
	return lines;
}

/** Kind, name and id of every net, metric and transform among the rows that has a source. */
export function codeIdLines(db: Database, rows: DataRows): string[] {
	return (['nn', 'metric', 'transform'] as const).flatMap((kind) => {
		const ids = new Map(
			db.exec(`SELECT name, id FROM ${kind}`)[0]?.values.map(([n, id]) => [n, id]),
		);
		return [...new Set(rows[kind])].flatMap((name) => {
			const id = ids.get(name);
			return typeof id === 'string' ? [[kind, name, id].join('\t')] : [];
		});
	});
}
