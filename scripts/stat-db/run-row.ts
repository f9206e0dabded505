/** A run as a row of `trial_run`: which values fit its columns, and what goes to `extra`. */
import { UUID_MARK } from '../../src/lib/db/schema';
import { writePythonJson } from '../../src/lib/db/records/python-json';
import type { PyDict, PyValue } from '../../src/lib/db/records/python-text';

export interface RunColumns {
	transform: string | null;
	batch: number | null;
	lr: number | null;
	momentum: number | null;
	dropout: number | null;
	/** JSON of all other hyperparameters; null = none */
	extra: string | null;
}

/** Splits hyperparameters so that each column holds one kind only: batch int, the others float. */
export function runColumns(prm: PyDict): RunColumns {
	const extra: PyDict = new Map();
	const columns: RunColumns = {
		transform: null,
		batch: null,
		lr: null,
		momentum: null,
		dropout: null,
		extra: null,
	};
	for (const [name, value] of prm) {
		if (name === 'transform' && typeof value === 'string' && value !== '')
			columns.transform = value;
		else if (name === 'batch' && isSmallInt(value)) columns.batch = Number(value);
		else if ((name === 'lr' || name === 'momentum' || name === 'dropout') && isPlainFloat(value))
			columns[name] = value;
		else extra.set(name, value);
	}
	if (extra.size > 0) columns.extra = writePythonJson(extra);
	return columns;
}

function isSmallInt(value: PyValue): value is bigint {
	return typeof value === 'bigint' && value === BigInt.asIntN(32, value);
}

/** -0.0 would lose its sign on the way into a column. */
function isPlainFloat(value: PyValue): value is number {
	return typeof value === 'number' && !Object.is(value, -0);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** How a uid that cannot be computed is stored: see schema.ts. */
export function storedUid(uid: string): Uint8Array | string {
	if (/^[0-9a-f]{32}$/.test(uid)) return Buffer.from(uid, 'hex');
	if (!UUID.test(uid)) return uid;
	return Buffer.from([UUID_MARK, ...Buffer.from(uid.replaceAll('-', ''), 'hex')]);
}
