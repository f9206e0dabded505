/**
 * Reads every trial back from the bytes of a built database, by SQL and schema.ts alone, and
 * compares with the trials as they were read from the wheel: names, kinds, and every bit.
 */
import type { Database, SqlJsStatic, SqlValue } from 'sql.js';
import { uidOf } from '../../src/lib/db/records/identity';
import { parsePythonJson } from '../../src/lib/db/records/python-json';
import type { PyDict, PyValue } from '../../src/lib/db/records/python-text';
import { compareText } from '../../src/lib/stats/text-order';
import { MultisetDigest } from './digest';
import type { Config } from './runs';
import { trialText } from './trial';

/** The database does not give back what was put into it: a fault of the builder. */
export class RoundTripError extends Error {
	override readonly name = 'RoundTripError';
}

/** @throws RoundTripError naming the first configuration whose trials differ */
export function verifyDatabase(
	sqlite: SqlJsStatic,
	bytes: Uint8Array,
	configs: readonly Config[],
): void {
	const db = new sqlite.Database(bytes);
	try {
		const found = readBack(db);
		for (const { task, dataset, metric, nn, digest } of configs) {
			const name = [task, dataset, metric, nn].join('_');
			if (String(found.get(name)) !== digest)
				throw new RoundTripError(`The trials of ${name} do not come back from the database.`);
			found.delete(name);
		}
		for (const [name] of found) throw new RoundTripError(`The database has ${name} from nowhere.`);
	} finally {
		db.close();
	}
}

interface RunBack {
	readonly uid: string;
	readonly prm: PyDict;
	readonly digest: MultisetDigest;
	readonly denominator: number;
}

function readBack(db: Database): Map<string, MultisetDigest> {
	const orders = new Map(select(db, 'SELECT id, names FROM key_order').map(([id, n]) => [id, n]));
	const epochPrm = readEpochPrm(db);
	const digests = new Map<string, MultisetDigest>();
	const runs = new Map<SqlValue, RunBack>();
	for (const row of select(db, RUNS)) {
		const name = String(row[1]);
		const digest = digests.get(name) ?? new MultisetDigest();
		digests.set(name, digest);
		const prm = readPrm(row);
		const uid = readUid(row, prm, String(orders.get(row[3] ?? null)), epochPrm.first.get(row[0]));
		runs.set(row[0] ?? null, { uid, prm, digest, denominator: Number(row[2]) });
	}
	const statement = db.prepare(TRIALS);
	while (statement.step()) {
		const [run, epoch, accuracy, kind, duration] = statement.get();
		const back = runs.get(run ?? null);
		if (!back) throw new RoundTripError(`A trial names run ${run}, which is not there.`);
		const trial = {
			uid: back.uid,
			epoch: Number(epoch),
			accuracy: kind === 'integer' ? Number(accuracy) / back.denominator : Number(accuracy),
			duration: durationOf(duration),
			prm: back.prm,
			epochPrm: epochPrm.all.get(`${run} ${epoch}`),
		};
		back.digest.add(trialText(trial));
	}
	statement.free();
	return digests;
}

const RUNS = `SELECT r.id, t.task || '_' || t.dataset || '_' || t.metric || '_' || n.name,
	t.denominator, iif(typeof(r.uid) = 'blob', hex(r.uid), r.uid), typeof(r.uid),
	f.name, r.batch, r.lr, r.momentum, r.dropout, x.prm
	FROM trial_run r JOIN config c ON c.id = r.config JOIN dim_task t ON t.id = c.task
	JOIN dim_nn n ON n.id = c.nn LEFT JOIN dim_transform f ON f.id = r.transform
	LEFT JOIN extra x ON x.id = r.extra`;

const TRIALS = `SELECT run, epoch, accuracy, typeof(accuracy),
	iif(typeof(duration) = 'integer', CAST(duration AS TEXT), duration) FROM trial`;

function select(db: Database, sql: string): SqlValue[][] {
	return db.exec(sql)[0]?.values ?? [];
}

function readPrm(row: readonly SqlValue[]): PyDict {
	const [, , , , , transform, batch, lr, momentum, dropout, extra] = row;
	const rest = typeof extra === 'string' ? parsePythonJson(extra) : null;
	const entries: [string, PyValue][] = rest instanceof Map ? [...rest] : [];
	if (typeof transform === 'string') entries.push(['transform', transform]);
	if (typeof batch === 'number') entries.push(['batch', BigInt(batch)]);
	if (typeof lr === 'number') entries.push(['lr', lr]);
	if (typeof momentum === 'number') entries.push(['momentum', momentum]);
	if (typeof dropout === 'number') entries.push(['dropout', dropout]);
	return new Map(entries.sort(([a], [b]) => compareText(a, b)));
}

function readUid(
	row: readonly SqlValue[],
	prm: PyDict,
	names: string,
	epoch: PyValue | undefined,
): string {
	const [, , , uid, kind] = row;
	if (kind === 'integer') {
		const all: PyDict = epoch === undefined ? prm : new Map(prm).set('epoch', epoch);
		return uidOf(all, names === '' ? undefined : names.split(','));
	}
	if (kind === 'text') return String(uid);
	const hex = String(uid).toLowerCase();
	return hex.length === 32
		? hex
		: hex.slice(2).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function readEpochPrm(db: Database) {
	const all = new Map<string, bigint | number>();
	const first = new Map<SqlValue | undefined, bigint | number>();
	const rows = 'SELECT run, epoch, value, typeof(value) FROM epoch_prm ORDER BY run, epoch';
	for (const [run, epoch, value, kind] of select(db, rows)) {
		const back = kind === 'integer' ? BigInt(Number(value)) : Number(value);
		all.set(`${run} ${epoch}`, back);
		if (!first.has(run)) first.set(run, back);
	}
	return { all, first };
}

function durationOf(value: SqlValue | undefined): bigint | number | null {
	return typeof value === 'string' ? BigInt(value) : typeof value === 'number' ? value : null;
}
