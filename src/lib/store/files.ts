/**
 * A folder of a few files beside the database, with a failure of its own kind: what a browser does to
 * one of them it does not do to the other. `opfs.ts` is the real one; here are the contract and memory.
 */
import { StoreError } from './store-error';

/** All methods reject with StoreError. Names are plain: letters, digits, `-`, `.`. */
export interface Files {
	/** names in code unit order */
	list(): Promise<readonly string[]>;
	/** @returns undefined when there is no such file */
	read(name: string): Promise<Uint8Array | undefined>;
	/** @returns bytes; 0 when there is no such file */
	size(name: string): Promise<number>;
	/**
	 * Cuts the file at `at` bytes, 0 where it is not said, and puts `bytes` there; durable once it
	 * resolves. What a crash leaves of it may be any part of the bytes.
	 */
	write(name: string, bytes: Uint8Array, at?: number): Promise<void>;
	/** Removing what is not there is no error. */
	remove(name: string): Promise<void>;
}

/** Folders of files, each made when it is first written to. All methods reject with StoreError. */
export interface Folders {
	/** in code unit order */
	list(): Promise<readonly string[]>;
	open(name: string): Promise<Files>;
	/** With all that is in it. Removing what is not there is no error. */
	remove(name: string): Promise<void>;
}

/** @param contents by folder and file; share one map to see what reopened folders would hold */
export function createMemoryFolders(
	contents = new Map<string, Map<string, Uint8Array>>(),
	fault?: FilesFault,
): Folders {
	return {
		list: async () => [...contents.keys()].sort((a, b) => (a < b ? -1 : 1)),
		async open(name) {
			const files = contents.get(name) ?? new Map<string, Uint8Array>();
			contents.set(name, files);
			return createMemoryFiles(files, fault);
		},
		remove: async (name) => void contents.delete(name),
	};
}

/** What can strike a memory folder in a test. */
export interface FilesFault {
	/** number of the write that fails, from 1 */
	readonly at: number;
	/** 'torn': a part is written, then it fails; 'full': nothing is written */
	readonly kind: 'torn' | 'full';
	/** share of the bytes that a torn write leaves, 0..1 */
	readonly share?: number;
	/** whether all later writes fail too */
	readonly sticky?: boolean;
}

/** @param contents share one map to see what a reopened folder would hold */
export function createMemoryFiles(
	contents = new Map<string, Uint8Array>(),
	fault?: FilesFault,
): Files {
	let writes = 0;
	const strikes = () => {
		writes++;
		return fault && (writes === fault.at || (fault.sticky === true && writes > fault.at));
	};
	return {
		list: async () => [...contents.keys()].sort((a, b) => (a < b ? -1 : 1)),
		read: async (name) => contents.get(name)?.slice(),
		size: async (name) => contents.get(name)?.length ?? 0,
		async write(name, bytes, at = 0) {
			const struck = strikes();
			if (struck && fault?.kind === 'full') throw new StoreError('STORE_QUOTA');
			const kept = contents.get(name)?.slice(0, at) ?? new Uint8Array(0);
			const part = struck
				? bytes.slice(0, Math.floor(bytes.length * (fault?.share ?? 0.5)))
				: bytes;
			const whole = new Uint8Array(kept.length + part.length);
			whole.set(kept);
			whole.set(part, kept.length);
			contents.set(name, whole);
			if (struck) throw new StoreError('STORE_FAILED');
		},
		remove: async (name) => void contents.delete(name),
	};
}
