/** Python's exceptions in oracle files and the errors of the records code that stand for them. */
import { PythonJsonError } from '../../src/lib/db/records/python-json';
import { RecordError, type RecordFault } from '../../src/lib/db/records/record-error';

const NAMES: Readonly<Record<RecordFault, string>> = {
	name: 'ValueError',
	source: 'FileNotFoundError',
	'missing-field': 'KeyError',
	shape: 'TypeError',
	value: 'ProgrammingError',
	'too-large': 'OverflowError',
	repeated: 'IntegrityError',
};

/** Name of the Python exception that LEMUR raises where this code throws `error`. */
export function pythonErrorName(error: unknown): string {
	if (error instanceof PythonJsonError) return 'JSONDecodeError';
	if (error instanceof RecordError) return NAMES[error.fault];
	throw error;
}
