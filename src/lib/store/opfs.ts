/**
 * The folder of files in the browser's private file system. In a worker writes go through a
 * synchronous handle, which is the one way to flush that all browsers have.
 */
import type { Files, Folders } from './files';
import { exceptionName, StoreError, toStoreError } from './store-error';

/** ms in which a handle that another tab, or a crashed one, still holds is asked for again */
const WAIT_FOR_HANDLE = 4_000;
const ASK_AGAIN = 50;

/**
 * @param folder name of the folder below the site's root
 * @param options.create false: @returns undefined when there is no such folder yet
 * @throws StoreError STORE_BLOCKED where the browser has no private file system
 */
export async function openOpfs(
	folder: string,
	{ create = true }: { readonly create?: boolean } = {},
): Promise<Files | undefined> {
	const storage: StorageManager | undefined = globalThis.navigator?.storage;
	if (typeof storage?.getDirectory !== 'function') throw new StoreError('STORE_BLOCKED');
	try {
		const root = await storage.getDirectory();
		return filesOf(await root.getDirectoryHandle(folder, { create }));
	} catch (thrown) {
		if (!create && exceptionName(thrown) === 'NotFoundError') return undefined;
		throw toStoreError(thrown);
	}
}

/** A folder's name that keeps two base paths of one origin apart. */
export function opfsFolder(storeName: string): string {
	return storeName.replaceAll(/[^A-Za-z0-9.-]/g, '-');
}

/**
 * @param folder name of the folder below the site's root that the folders are in
 * @throws StoreError STORE_BLOCKED where the browser has no private file system
 */
export async function openOpfsFolders(folder: string): Promise<Folders> {
	const storage: StorageManager | undefined = globalThis.navigator?.storage;
	if (typeof storage?.getDirectory !== 'function') throw new StoreError('STORE_BLOCKED');
	const parent = await attempt(async () =>
		(await storage.getDirectory()).getDirectoryHandle(folder, { create: true }),
	);
	return {
		list: () => attempt(() => namesIn(parent)),
		open: (name) =>
			attempt(async () => filesOf(await parent.getDirectoryHandle(name, { create: true }))),
		remove: (name) => remove(parent, name, { recursive: true }),
	};
}

function remove(
	directory: FileSystemDirectoryHandle,
	name: string,
	options: FileSystemRemoveOptions = {},
): Promise<void> {
	return attempt(async () => {
		try {
			await directory.removeEntry(name, options);
		} catch (thrown) {
			if (exceptionName(thrown) !== 'NotFoundError') throw thrown;
		}
	});
}

function filesOf(directory: FileSystemDirectoryHandle): Files {
	const fileOf = async (name: string): Promise<File | undefined> => {
		try {
			return await (await directory.getFileHandle(name)).getFile();
		} catch (thrown) {
			if (exceptionName(thrown) === 'NotFoundError') return undefined;
			throw toStoreError(thrown);
		}
	};
	return {
		list: () => attempt(() => namesIn(directory)),
		async read(name) {
			const file = await fileOf(name);
			return file && attempt(async () => new Uint8Array(await file.arrayBuffer()));
		},
		size: async (name) => (await fileOf(name))?.size ?? 0,
		write: (name, bytes, at = 0) =>
			attempt(async () => {
				const handle = await directory.getFileHandle(name, { create: true });
				await (inWorker(handle)
					? writeInWorker(handle, bytes, at)
					: writeInPage(handle, bytes, at));
			}),
		remove: (name) => remove(directory, name),
	};
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		throw toStoreError(thrown);
	}
}

/** What workers have and TypeScript's library for pages lacks. */
interface SyncAccess {
	truncate(size: number): void;
	write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
	flush(): void;
	close(): void;
}

/** A file of a worker: `createSyncAccessHandle` is not there in pages. */
interface WorkerFile {
	createSyncAccessHandle(): Promise<SyncAccess>;
}

function inWorker(handle: object): handle is WorkerFile {
	return 'createSyncAccessHandle' in handle && typeof WorkerGlobalScope !== 'undefined';
}

declare const WorkerGlobalScope: unknown;

/** The part of a directory that TypeScript's library lacks. */
interface Walkable {
	keys(): AsyncIterable<string>;
}

async function namesIn(directory: FileSystemDirectoryHandle): Promise<string[]> {
	const names: string[] = [];
	for await (const name of (directory as unknown as Walkable).keys()) names.push(name);
	return names.sort((a, b) => (a < b ? -1 : 1));
}

async function writeInWorker(handle: WorkerFile, bytes: Uint8Array, at: number): Promise<void> {
	const access = await accessOf(handle);
	try {
		access.truncate(at);
		if (access.write(asBufferSource(bytes), { at }) !== bytes.length)
			throw new StoreError('STORE_QUOTA');
		access.flush();
	} finally {
		access.close();
	}
}

async function accessOf(handle: WorkerFile): Promise<SyncAccess> {
	const until = performance.now() + WAIT_FOR_HANDLE;
	for (;;) {
		try {
			return await handle.createSyncAccessHandle();
		} catch (thrown) {
			const held = exceptionName(thrown) === 'NoModificationAllowedError';
			if (!held || performance.now() > until) throw thrown;
			await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
		}
	}
}

async function writeInPage(
	handle: FileSystemFileHandle,
	bytes: Uint8Array,
	at: number,
): Promise<void> {
	const stream = await handle.createWritable({ keepExistingData: true });
	await stream.truncate(at);
	await stream.write({ type: 'write', position: at, data: asBufferSource(bytes) });
	await stream.close();
}

function asBufferSource(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const { buffer } = bytes;
	if (!(buffer instanceof ArrayBuffer)) return new Uint8Array(bytes);
	return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength);
}
