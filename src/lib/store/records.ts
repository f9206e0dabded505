/** Reading records that an older version, another tab or a fault may have written. */
import * as v from 'valibot';
import type { Entry, ScanOptions } from './store';

/** A record that does not fit its schema: reported and left where it is. */
export interface Damaged {
	readonly collection: string;
	readonly key: string;
	readonly reason: string;
}

/** Store and Transaction both scan. */
interface Scanner {
	scan(collection: string, options?: ScanOptions): Promise<readonly Entry[]>;
}

/** The value when it fits the schema, undefined when it is missing or damaged. */
export function recordIn<S extends v.GenericSchema>(
	schema: S,
	value: unknown,
): v.InferOutput<S> | undefined {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : undefined;
}

/** All records of a collection that fit the schema, by key, and the ones that do not. */
export async function readRecords<S extends v.GenericSchema>(
	source: Scanner,
	collection: string,
	schema: S,
): Promise<{ readonly records: v.InferOutput<S>[]; readonly damaged: readonly Damaged[] }> {
	const records: v.InferOutput<S>[] = [];
	const damaged: Damaged[] = [];
	for (const { key, value } of await source.scan(collection)) {
		const result = v.safeParse(schema, value);
		if (result.success) records.push(result.output);
		else damaged.push({ collection, key, reason: v.summarize(result.issues) });
	}
	return { records, damaged };
}
