/**
 * The one error of record files: what kind of fault, in which words.
 *
 * Faults of JSON syntax are PythonJsonError (python-json.ts), which has a position.
 */

/** What is wrong with a record file or with one of its trials. */
export type RecordFault =
	/** A folder or file name that does not name a configuration or an epoch. */
	| 'name'
	/** A net, metric or transform that has no source file. */
	| 'source'
	/** A trial without a field that it must have. */
	| 'missing-field'
	/** A list where an object should be, or the other way round, or values that have no order. */
	| 'shape'
	/** A value that no database column can hold. */
	| 'value'
	/** A whole number beyond 64 bits. */
	| 'too-large'
	/** A trial whose row is stored already. */
	| 'repeated';

/** A record file that breaks LEMUR's rules. */
export class RecordError extends Error {
	override readonly name = 'RecordError';

	constructor(
		readonly fault: RecordFault,
		message: string,
	) {
		super(message);
	}
}
