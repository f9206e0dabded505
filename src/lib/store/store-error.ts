/** The one error type of the store: a code for the page, a sentence for the visitor. */

/**
 * - STORE_QUOTA: the browser gives no more space
 * - STORE_BLOCKED: the browser forbids storage here
 * - STORE_WAITING: another tab holds an older layout open and does not let go
 * - STORE_OUTDATED: another tab runs a newer version; this one must not write any more
 * - STORE_CLOSED: the store was closed
 * - STORE_VALUE: the value cannot be stored (functions, DOM nodes …)
 * - STORE_FAILED: anything else
 */
export type StoreErrorCode =
	| 'STORE_QUOTA'
	| 'STORE_BLOCKED'
	| 'STORE_WAITING'
	| 'STORE_OUTDATED'
	| 'STORE_CLOSED'
	| 'STORE_VALUE'
	| 'STORE_FAILED';

const SENTENCES: Readonly<Record<StoreErrorCode, string>> = {
	STORE_QUOTA: 'The browser gives this site no more space: free some, then try again.',
	STORE_BLOCKED:
		'The browser forbids storage for this site: what you save lasts until the tab is closed.',
	STORE_WAITING: 'Another tab of this site holds the storage open: close it, then reload.',
	STORE_OUTDATED: 'A newer version of this site is open in another tab: reload to go on saving.',
	STORE_CLOSED: 'The storage was closed: reload the page.',
	STORE_VALUE: 'This value cannot be stored.',
	STORE_FAILED: 'The browser could not store or read this: try again, or reload the page.',
};

/** Nothing of the failed operation was stored, unless it says otherwise. */
export class StoreError extends Error {
	override readonly name = 'StoreError';

	constructor(
		readonly code: StoreErrorCode,
		options: { readonly cause?: unknown; readonly message?: string } = {},
	) {
		super(options.message ?? SENTENCES[code], { cause: options.cause });
	}
}

const CODES_BY_EXCEPTION: ReadonlyMap<string, StoreErrorCode> = new Map([
	['QuotaExceededError', 'STORE_QUOTA'],
	['SecurityError', 'STORE_BLOCKED'],
	['NotAllowedError', 'STORE_BLOCKED'],
	['DataCloneError', 'STORE_VALUE'],
	['VersionError', 'STORE_OUTDATED'],
]);

/** `name` of anything thrown; DOMException is not an Error everywhere. */
export function exceptionName(thrown: unknown): string {
	if (typeof thrown !== 'object' || thrown === null || !('name' in thrown)) return '';
	return typeof thrown.name === 'string' ? thrown.name : '';
}

/** Turns what a browser interface threw into a StoreError; one that is already stays itself. */
export function toStoreError(thrown: unknown): StoreError {
	if (thrown instanceof StoreError) return thrown;
	return new StoreError(CODES_BY_EXCEPTION.get(exceptionName(thrown)) ?? 'STORE_FAILED', {
		cause: thrown,
	});
}
