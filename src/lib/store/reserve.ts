/**
 * Room that is kept for what must not be lost: a file of nothing, given up when the browser says that
 * its space is used up, so that records and the newest checkpoint still fit. Quotas are per origin:
 * a file makes room for the database too.
 */
import type { Files } from './files';
import type { StoreEstimate } from './store';

export interface Reserve {
	/** Puts the room aside where there is plenty; never rejects. */
	keep(): Promise<void>;
	/** @returns whether there was something to give up */
	release(): Promise<boolean>;
}

const NAME = 'reserve.bin';
/** What is put aside, bytes. */
export const RESERVE_BYTES = 50e6;
/** The room that is free must be so many times as much. */
const PLENTY = 10;
const PIECE = 2 ** 22;

export interface ReserveOptions {
	readonly files: Files;
	readonly estimate: () => Promise<StoreEstimate>;
	/** default 50 MB */
	readonly bytes?: number;
}

export function createReserve({ files, estimate, bytes = RESERVE_BYTES }: ReserveOptions): Reserve {
	/** one after the other: what is being written must not come back after it was given up */
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const result = last.then(work);
		last = result.catch(() => undefined);
		return result;
	};

	async function fill(): Promise<void> {
		const size = await files.size(NAME);
		const { usage, quota } = await estimate();
		if (size >= bytes || usage === null || quota === null) return;
		if (quota - usage < PLENTY * bytes) return;
		const zeros = new Uint8Array(Math.min(PIECE, bytes));
		for (let at = 0; at < bytes; at += PIECE)
			await files.write(NAME, zeros.subarray(0, Math.min(PIECE, bytes - at)), at);
	}

	return {
		keep: () =>
			inTurn(async () => {
				// Half a reserve is none: its room is better used.
				await fill().catch(() => files.remove(NAME).catch(() => undefined));
			}),
		release: () =>
			inTurn(async () => {
				const size = await files.size(NAME).catch(() => 0);
				if (size === 0) return false;
				return files.remove(NAME).then(
					() => true,
					() => false,
				);
			}),
	};
}
