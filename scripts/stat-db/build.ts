/**
 * Writes what was collected into a sqlite file: rows in key order, no timestamps, so the same
 * wheel gives the same bytes. Verification and files are elsewhere (verify.ts, publish.ts).
 */
import type { Database, SqlJsStatic, SqlValue } from 'sql.js';
import { compareText } from '../../src/lib/stats/text-order';
import { FILE_VIEWS, FORMAT, INDEXES, TABLES } from '../../src/lib/db/schema';
import type { CodeKind, Collected } from './collect';
import { denominatorOf, numeratorOf } from './denominators';
import { deviceRow } from './device-rows';
import { Dictionary } from './dictionary';
import { KeyOrderSearch } from './key-order';
import { runColumns, storedUid } from './run-row';
import type { Config, Run } from './runs';

/** Where the rows come from. */
export interface Source {
	readonly version: string;
	/** name of the wheel file */
	readonly file: string;
	/** of the wheel, hex */
	readonly sha256: string;
}

/** What the uids of all runs turned out to be, by distinct uid. */
export interface UidCounts {
	readonly sorted: number;
	readonly otherOrder: number;
	readonly stored: number;
	readonly orders: number;
}

/** @returns the file's bytes and how the uids were coded */
export function buildDatabase(
	sqlite: SqlJsStatic,
	collected: Collected,
	source: Source,
): { bytes: Uint8Array; uids: UidCounts } {
	const db = new sqlite.Database();
	try {
		db.run(`PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; ${TABLES} BEGIN;`);
		const uids = new Filler(db, collected).fill(source);
		db.run(`COMMIT; ${INDEXES} ${FILE_VIEWS} VACUUM;`);
		return { bytes: db.export(), uids };
	} finally {
		db.close();
	}
}

class Filler {
	readonly #configs: readonly Config[];
	readonly #orders = new Map<Run, string | null>();
	readonly #orderIds = new Map<string, number>();

	constructor(
		private readonly db: Database,
		private readonly collected: Collected,
	) {
		this.#configs = collected.configs;
	}

	fill(source: Source): UidCounts {
		this.#rows('meta', [
			['format', FORMAT],
			['source', source.file],
			['source_sha256', source.sha256],
			['version', source.version],
		]);
		const tasks = this.#fillTasks();
		const nns = this.#fillNames('nn', (config) => [config.nn]);
		this.#fillNames('metric', (config) => [config.metric]);
		const transforms = this.#fillNames('transform', (config) =>
			config.runs.flatMap(({ prm }) => runColumns(prm).transform ?? []),
		);
		const uids = this.#fillKeyOrders();
		this.#rows(
			'config',
			this.#configs.map((config, i) => [
				i + 1,
				tasks.get(taskKey(config)) ?? null,
				nns.get(config.nn) ?? null,
			]),
		);
		this.#fillRuns(transforms);
		this.#fillEpochs();
		this.#fillDevices(nns);
		return uids;
	}

	#rows(table: string, rows: Iterable<readonly SqlValue[]>): void {
		let insert;
		for (const row of rows) {
			insert ??= this.db.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join()})`);
			insert.run([...row]);
		}
		insert?.free();
	}

	#fillTasks(): Map<string, number> {
		const ids = new Map<string, number>();
		for (const config of this.#configs) {
			const key = taskKey(config);
			if (ids.has(key)) continue;
			ids.set(key, ids.size + 1);
			const { task, dataset, metric } = config;
			const denominator = denominatorOf(task, dataset, metric);
			this.#rows('dim_task', [[ids.size, task, dataset, metric, denominator]]);
		}
		return ids;
	}

	#fillNames(kind: CodeKind, namesOf: (config: Config) => string[]): Map<string, number> {
		const names = [...new Set(this.#configs.flatMap(namesOf))].sort(compareText);
		const codeIds = this.collected.codeIds[kind];
		const rows = names.map((name, i): [number, string, string | null] => {
			const id = codeIds.get(name);
			if (id === undefined) this.collected.report.add('no source file', `${kind} ${name}`);
			return [i + 1, name, id !== undefined && name.endsWith(`-${id}`) ? null : (id ?? '')];
		});
		this.#rows(`dim_${kind}`, rows);
		return new Map(rows.map(([id, name]) => [name, id]));
	}

	#fillKeyOrders(): UidCounts {
		const search = new KeyOrderSearch();
		const byUid = new Map<string, string | null>();
		for (const run of this.#configs.flatMap(({ runs }) => runs)) {
			const order = search.find(run.uid, run.prm, firstEpochPrm(run))?.join() ?? null;
			this.#orders.set(run, order);
			byUid.set(run.uid, order);
		}
		const texts = [...new Set([...byUid.values(), ''])].filter((text) => text !== null);
		texts.sort(compareText).forEach((text, id) => this.#orderIds.set(text, id));
		this.#rows(
			'key_order',
			Array.from(this.#orderIds, ([text, id]) => [id, text]),
		);
		const orders = [...byUid.values()];
		const sorted = orders.filter((order) => order === '').length;
		const stored = orders.filter((order) => order === null).length;
		const otherOrder = orders.length - sorted - stored;
		return { sorted, otherOrder, stored, orders: texts.length - 1 };
	}

	#fillRuns(transforms: ReadonlyMap<string, number>): void {
		const extras = new Dictionary();
		let id = 0;
		const rows = this.#configs.flatMap(({ runs }, config) =>
			runs.map((run) => {
				const { transform, batch, lr, momentum, dropout, extra } = runColumns(run.prm);
				const order = this.#orders.get(run) ?? null;
				const uid = order === null ? storedUid(run.uid) : (this.#orderIds.get(order) ?? null);
				return [
					++id,
					config + 1,
					uid,
					run.repeat || null,
					transform === null ? null : (transforms.get(transform) ?? null),
					batch,
					lr,
					momentum,
					dropout,
					extra === null ? null : extras.id(extra),
				];
			}),
		);
		this.#rows('extra', extras.rows());
		this.#rows('trial_run', rows);
	}

	#fillEpochs(): void {
		// A JavaScript number says nothing of its kind: whole floats would be bound as integers.
		const whole = this.db.prepare('INSERT INTO trial VALUES (?, ?, ?, ?)');
		const real = this.db.prepare('INSERT INTO trial VALUES (?, ?, CAST(? AS REAL), ?)');
		let id = 0;
		for (const { task, dataset, metric, runs } of this.#configs) {
			const denominator = denominatorOf(task, dataset, metric);
			for (const run of runs) {
				id++;
				for (const { epoch, accuracy, duration, epochPrm } of run.epochs) {
					const numerator = numeratorOf(accuracy, denominator);
					const insert = numerator === null ? real : whole;
					insert.run([id, epoch, numerator ?? accuracy, durationValue(duration)]);
					if (epochPrm !== undefined) this.#fillEpochPrm(id, epoch, epochPrm);
				}
			}
		}
		whole.free();
		real.free();
	}

	#fillEpochPrm(run: number, epoch: number, value: bigint | number): void {
		const place = typeof value === 'bigint' ? 'CAST(? AS INTEGER)' : 'CAST(? AS REAL)';
		this.db.run(`INSERT INTO epoch_prm VALUES (?, ?, ${place})`, [run, epoch, Number(value)]);
	}

	#fillDevices(nns: ReadonlyMap<string, number>): void {
		const info = new Dictionary();
		const rows = this.collected.devices.map((device, i) => [
			i + 1,
			...deviceRow(device, nns, info),
		]);
		this.#rows('device_info', info.rows());
		this.#rows('device_run', rows);
	}
}

const taskKey = ({ task, dataset, metric }: Config) => [task, dataset, metric].join('_');

/** The value that a uid over the key `epoch` was made with, as far as the file tells. */
function firstEpochPrm({ epochs }: Run): bigint | number | undefined {
	return epochs.find(({ epochPrm }) => epochPrm !== undefined)?.epochPrm;
}

/** Whole numbers beyond 2^53 travel as text, which the column's affinity turns back. */
function durationValue(duration: bigint | number | null): SqlValue {
	if (typeof duration !== 'bigint') return duration;
	return duration > Number.MAX_SAFE_INTEGER ? String(duration) : Number(duration);
}
