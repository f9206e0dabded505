/** What snapshots.json says of single keys of a trial, counted from the columns of a snapshot. */
import type { Mirror } from './mirror';
import { pythonRepr, type PyValue } from './records/python-text';
import { least, rowsOf, type Facts, type Row } from './snapshots.oracle-facts';

/** A parameter's values over all trials: text of each distinct one → value, rows. */
export type ParameterValues = ReadonlyMap<string, { readonly value: PyValue; rows: number }>;

/** Values of every key that a trial can have, by key. */
export function parameterValues(mirror: Mirror): ReadonlyMap<string, ParameterValues> {
	const keys = new Map<string, Map<string, { value: PyValue; rows: number }>>();
	const add = (key: string, value: PyValue) => {
		const values = keys.get(key) ?? new Map<string, { value: PyValue; rows: number }>();
		keys.set(key, values);
		const text = pythonRepr(value);
		const known = values.get(text);
		if (known) known.rows++;
		else values.set(text, { value, rows: 1 });
	};
	for (const row of rowsOf(mirror)) {
		for (const [key, value] of row.prm) add(key, value);
		add('accuracy', row.accuracy);
		add('uid', row.uid);
		if (!Number.isNaN(row.duration)) add('duration', BigInt(row.duration));
		if (row.epochPrm !== undefined) add('epoch', row.epochPrm);
	}
	return keys;
}

/** What snapshots.json says of a key, from its values. */
export function parameterFacts(values: ParameterValues, trials: number): Facts {
	const all = [...values.values()];
	const rowsWhere = (test: (value: PyValue) => boolean) =>
		all.reduce((sum, { value, rows }) => sum + (test(value) ? rows : 0), 0);
	const isNumber = (value: PyValue) => typeof value === 'number' || typeof value === 'bigint';
	const numbers = all.flatMap(({ value }) => (isNumber(value) ? [Number(value)] : []));
	const count = rowsWhere(() => true);
	const types: Record<string, number> = {};
	for (const { value, rows } of all) types[kindOf(value)] = (types[kindOf(value)] ?? 0) + rows;
	return {
		count,
		missing: trials - count,
		types,
		distinct: all.length,
		min: least(numbers),
		max: -least(numbers.map((value) => -value)),
		integral_floats: rowsWhere((value) => typeof value === 'number' && Number.isInteger(value)),
		negative: rowsWhere((value) => isNumber(value) && Number(value) < 0),
		zero: rowsWhere((value) => isNumber(value) && Number(value) === 0),
		values: all.map(({ value, rows }) => ({
			value: typeof value === 'bigint' ? Number(value) : value,
			type: kindOf(value),
			count: rows,
		})),
	};
}

/** JSON type as snapshots.json calls it. */
function kindOf(value: PyValue): string {
	if (typeof value === 'bigint') return 'int';
	if (typeof value === 'number') return 'float';
	return typeof value === 'string' ? 'str' : typeof value === 'boolean' ? 'bool' : 'other';
}

/** Oddities that the database can show. */
export function oddityFacts(mirror: Mirror): Facts {
	const rows = [...rowsOf(mirror)];
	const count = (test: (row: Row) => boolean) => rows.filter(test).length;
	const planned = rows.filter(({ epochPrm }) => epochPrm !== undefined);
	const compare = (test: (planned: number, epoch: number) => boolean) =>
		planned.filter(({ epochPrm, epoch }) => test(Number(epochPrm), epoch)).length;
	return {
		negative_accuracy: count(({ accuracy }) => accuracy < 0),
		accuracy_above_1: count(({ accuracy }) => accuracy > 1),
		accuracy_exactly_0: count(({ accuracy }) => accuracy === 0),
		accuracy_exactly_1: count(({ accuracy }) => accuracy === 1),
		duration_zero_or_negative: count(({ duration }) => duration <= 0),
		duration_over_2_53: count(({ duration }) => duration > 2 ** 53),
		duration_over_2_31: count(({ duration }) => duration > 2 ** 31),
		epoch_key_in_trial: {
			count: planned.length,
			equal_to_file_epoch: compare((a, b) => a === b),
			smaller: compare((a, b) => a < b),
			larger: compare((a, b) => a > b),
		},
		rows_missing_momentum: count(({ prm }) => !prm.has('momentum')),
	};
}
