/**
 * The failures of datasets, each as a code and a sentence that names cause and way out. Codes:
 * DATASET_UNKNOWN (no such dataset), DATASET_ABSENT (not on this device), DATASET_DAMAGED (what is
 * stored does not fit its checksum), DATASET_FILE (a file is not what it should be), DATASET_NETWORK,
 * DATASET_OFFLINE, DATASET_QUOTA (no room), DATASET_BUSY (another tab is at it), TRANSFORM_UNKNOWN,
 * TRANSFORM_UNFIT.
 */
import { RpcError, type ErrorDetails } from '../worker/rpc-error';

export type DatasetErrorCode =
	| 'DATASET_UNKNOWN'
	| 'DATASET_ABSENT'
	| 'DATASET_DAMAGED'
	| 'DATASET_FILE'
	| 'DATASET_NETWORK'
	| 'DATASET_OFFLINE'
	| 'DATASET_QUOTA'
	| 'DATASET_BUSY'
	| 'TRANSFORM_UNKNOWN'
	| 'TRANSFORM_UNFIT';

/** An error that crosses workers with its code. */
export function datasetError(
	code: DatasetErrorCode,
	message: string,
	details: ErrorDetails = {},
	cause?: unknown,
): RpcError {
	return new RpcError(code, message, details, cause === undefined ? undefined : { cause });
}

/** A file of the visitor's, or of a mirror, that cannot be used. `why` is a clause without a full stop. */
export function badFile(name: string, why: string, cause?: unknown): RpcError {
	return datasetError('DATASET_FILE', `${plainName(name)}: ${why}.`, { file: name, why }, cause);
}

/** Names come from files: no control characters, and no longer than a line. */
export function plainName(name: string): string {
	const clean = name.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
	return clean.length > 80 ? `${clean.slice(0, 79)}…` : clean;
}
