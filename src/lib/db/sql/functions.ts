/**
 * The SQL functions behind LEMUR's names: identities that the coded tables do not store. Computed
 * for the rows that are asked for, and kept.
 */
import type { Database, SqlValue, Statement } from 'sql.js';
import { codesOf, runPrm } from '../mirror-prm';
import { OWN_TABLE } from '../own-rows';
import { SOURCES } from '../../stats/columns';
import { familyOf } from '../../stats/family';
import { statId, uidOf } from '../records/identity';
import type { PyValue } from '../records/python-text';

const RUN = `
	SELECT r.uid, r.batch, r.lr, r.momentum, r.dropout, t.name, x.prm, k.names,
		p.value, typeof(p.value)
	FROM main.trial_run r
	LEFT JOIN main.dim_transform t ON t.id = r.transform
	LEFT JOIN main.extra x ON x.id = r.extra
	LEFT JOIN main.key_order k ON typeof(r.uid) = 'integer' AND k.id = r.uid
	LEFT JOIN main.epoch_prm p ON p.run = r.id
	WHERE r.id = ?
	ORDER BY p.epoch
	LIMIT 1`;

/**
 * - `lemur_uid(run)`: LEMUR's uid of the run with this id of `trial_run`; NULL without one
 * - `lemur_stat_id(transform, uid, task, dataset, metric, nn, epoch, duration, accuracy)`: LEMUR's
 *   id of a row of `stat`
 * - `lemur_family(nn)`: the net's family, as the filter's `nnFamily`
 * - `lemur_source(id)`: whose record a row of `stat` is
 * - `regexp(pattern, text)`: the REGEXP operator, by JavaScript's expressions as in the filter
 */
export function registerFunctions(db: Database): void {
	const uids = new Map<SqlValue, SqlValue>();
	let statement: Statement | undefined; // prepared once: preparing it takes longer than running it
	db.create_function('lemur_uid', (run: SqlValue): SqlValue => {
		let uid = uids.get(run);
		if (uid === undefined) {
			statement ??= db.prepare(RUN);
			uids.set(run, (uid = uidOfRun(statement, run)));
		}
		return uid;
	});
	db.create_function('lemur_stat_id', lemurStatId);
	db.create_function('lemur_family', (nn: SqlValue) =>
		typeof nn === 'string' ? familyOf(nn) : null,
	);
	let own: ReadonlySet<SqlValue> | undefined;
	db.create_function('lemur_source', (id: SqlValue) => {
		own ??= ownStatIds(db);
		return own.has(id) ? SOURCES[1] : SOURCES[0];
	});
	db.create_function('regexp', regexpFunction());
}

/** Ids of the rows of `stat` that are of this device: few, and none in a snapshot as it is shipped. */
function ownStatIds(db: Database): ReadonlySet<SqlValue> {
	const table = `SELECT name FROM main.sqlite_schema WHERE name = '${OWN_TABLE}'`;
	if (db.exec(table).length === 0) return new Set();
	const sql = `SELECT lemur_stat_id(f.name, lemur_uid(r.id), t.task, t.dataset, t.metric, n.name, e.epoch,
		e.duration, CAST(e.accuracy AS REAL)) FROM main.${OWN_TABLE} o JOIN main.trial_run r ON r.id = o.id
		JOIN main.trial e ON e.run = r.id JOIN main.config c ON c.id = r.config
		JOIN main.dim_task t ON t.id = c.task JOIN main.dim_nn n ON n.id = c.nn
		LEFT JOIN main.dim_transform f ON f.id = r.transform`;
	return new Set(db.exec(sql)[0]?.values.map(([id]) => id ?? null));
}

/** One compiled expression is kept: a statement asks with the same pattern for every row. */
function regexpFunction(): (pattern: SqlValue, text: SqlValue) => SqlValue {
	let compiled: { readonly source: string; readonly regex: RegExp } | undefined;
	return (pattern, text) => {
		if (typeof pattern !== 'string' || text === null) return null;
		if (compiled?.source !== pattern)
			compiled = { source: pattern, regex: new RegExp(pattern, 'u') };
		return compiled.regex.test(String(text)) ? 1 : 0;
	};
}

function uidOfRun(statement: Statement, run: SqlValue): SqlValue {
	statement.bind([run]);
	try {
		return statement.step() ? uidOfRow(statement.get()) : null;
	} finally {
		statement.reset();
	}
}

/** @param row as RUN selects it */
function uidOfRow(row: readonly SqlValue[]): SqlValue {
	const [uid = null, batch, lr, momentum, dropout, transform, extra, names, epoch, epochType] = row;
	if (uid instanceof Uint8Array) return storedUid(uid);
	if (typeof uid !== 'number') return uid;
	const codes = codesOf(1);
	codes.batch[0] = numberOf(batch);
	codes.lr[0] = numberOf(lr);
	codes.momentum[0] = numberOf(momentum);
	codes.dropout[0] = numberOf(dropout);
	const extras = new Map<number, string>();
	if (typeof extra === 'string') {
		codes.extra[0] = 0;
		extras.set(0, extra);
	}
	const name = typeof transform === 'string' ? transform : '';
	const { prm } = runPrm(codes, extras, Uint16Array.of(0), [name]);
	const order = typeof names === 'string' && names !== '' ? names.split(',') : undefined;
	const dict = prm.dict(0);
	if (typeof epoch === 'number') dict.set('epoch', epochType === 'integer' ? BigInt(epoch) : epoch);
	return uidOf(dict, order); // `epoch` counts only where the order names it
}

function numberOf(value: SqlValue | undefined): number {
	return typeof value === 'number' ? value : NaN;
}

/** 16 bytes are an MD5; 17 are a mark and a UUID. */
function storedUid(bytes: Uint8Array): string {
	if (bytes.length === 16) return hex(bytes);
	return hex(bytes.subarray(1)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Exactly nine parameters: sql.js takes the number of arguments from the function. */
function lemurStatId(
	transform: SqlValue,
	uid: SqlValue,
	task: SqlValue,
	dataset: SqlValue,
	metric: SqlValue,
	nn: SqlValue,
	epoch: SqlValue,
	duration: SqlValue,
	accuracy: SqlValue,
): string {
	return statId({
		transform: pythonOf(transform),
		uid: pythonOf(uid),
		task: String(task),
		dataset: String(dataset),
		metric: String(metric),
		nn: String(nn),
		epoch: Number(epoch),
		duration: typeof duration === 'number' ? BigInt(Math.trunc(duration)) : pythonOf(duration),
		accuracy: pythonOf(accuracy),
	});
}

function pythonOf(value: SqlValue): PyValue {
	return value instanceof Uint8Array ? hex(value) : value;
}
