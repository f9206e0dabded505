/** Inputs and row order that the oracle files db.json and config.json share. */
import * as v from 'valibot';
import type { SqlValue } from '../../src/lib/db/records/affinity';
import { compareText } from '../../src/lib/stats/text-order';
import type { RecordText, SourceNames } from '../../src/lib/db/records/importer';

const codeRows = v.array(v.tuple([v.string(), v.string(), v.number()]));
const dbFormat = v.looseObject({
	input_files: v.array(v.looseObject({ path: v.string(), text: v.string() })),
	code: v.looseObject({ nn: codeRows, metric: codeRows, transform: codeRows }),
});
/** Record files that db.json was made from. */
export function recordTexts(dbJson: unknown): RecordText[] {
	return v.parse(dbFormat, dbJson).input_files;
}

/** Sources that the oracles' own LEMUR had: those of db.json and config.json's net without trials. */
export function knownSources(dbJson: unknown): SourceNames {
	const { code } = v.parse(dbFormat, dbJson);
	const names = (kind: keyof SourceNames) => new Set(code[kind].map(([name]) => name));
	return {
		nn: names('nn').add('OtherNet'),
		metric: names('metric'),
		transform: names('transform'),
	};
}

/** A stored value as JSON holds it: both kinds of numbers become one. */
export function jsonNumber(value: SqlValue): null | number | string {
	return typeof value === 'bigint' ? Number(value) : value;
}

/** Order of rows in the oracle files: cell by cell, NULL first, texts by code point. */
export function compareRows(a: readonly unknown[], b: readonly unknown[]): number {
	for (const [i, cell] of a.entries()) {
		const order = compareCells(cell, b[i]);
		if (order !== 0) return order;
	}
	return 0;
}

function compareCells(a: unknown, b: unknown): number {
	if (a === b) return 0;
	if (a === null || b === null) return a === null ? -1 : 1;
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return compareText(String(a), String(b));
}
