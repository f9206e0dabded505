/**
 * The one error that crosses between page and workers: a code to decide by, a sentence to show and
 * details to fill it with. Not for bugs: an error without a code arrives as `INTERNAL`.
 */
import * as v from 'valibot';

/** Facts for the message (sizes in bytes, names of parts); plain values only. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** What travels. `message` is a sentence; `code` is stable and in capitals, as in `DB_HASH`. */
export const wireErrorSchema = v.object({
	code: v.string(),
	message: v.string(),
	details: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
});
export type WireError = v.InferOutput<typeof wireErrorSchema>;

/** An error with a code, on either side of a worker. */
export class RpcError extends Error {
	override readonly name = 'RpcError';

	constructor(
		readonly code: string,
		message: string,
		readonly details: ErrorDetails = {},
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** @returns the error as it travels; whatever has no code of its own becomes `INTERNAL` */
export function toWire(error: unknown): WireError {
	if (error instanceof RpcError) {
		return { code: error.code, message: error.message, details: { ...error.details } };
	}
	if (isAbort(error)) return { code: 'ABORTED', message: 'The work was cancelled.', details: {} };
	const message = error instanceof Error ? error.message : String(error);
	const name = error instanceof Error ? error.name : 'Error';
	return { code: 'INTERNAL', message, details: { name } };
}

/** @returns the reason to throw when `signal` is aborted: always an `AbortError` */
export function abortError(): DOMException {
	return new DOMException('The work was cancelled.', 'AbortError');
}

/** True for every form of "the caller did not want the answer any more": not a failure to show. */
export function isAbort(error: unknown): boolean {
	if (error instanceof RpcError) return error.code === 'ABORTED';
	return error instanceof DOMException && error.name === 'AbortError';
}
