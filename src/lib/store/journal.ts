/**
 * A second copy of small records, in lines that are only ever added: `<crc32> <json>`. It outlives a
 * database that the browser throws away. Reading takes every whole line and counts the damaged ones;
 * writing cuts a torn end off first. What the entries mean is the caller's matter.
 */
import { crc32 } from './crc32';
import type { Files } from './files';
import { joinBytes } from '../bytes';

/** Runs one piece of work at a time, in all tabs. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

export interface JournalOptions {
	readonly files: Files;
	readonly exclusive: Exclusive;
	/**
	 * The entries that say the same as all of these: what a full journal is replaced by. Absent where
	 * every entry is needed: then a full file is followed by the next one.
	 */
	readonly compact?: (entries: readonly unknown[]) => readonly unknown[];
	/** bytes of a file; one line alone may be longer */
	readonly limit?: number;
}

export interface JournalContents {
	readonly entries: readonly unknown[];
	/** lines that do not match their checksum; they are left where they are until the journal is full */
	readonly damaged: number;
}

const LIMIT = 8 * 2 ** 20;
const NAME = /^journal-(\d{6})\.jsonl$/;
const NEWLINE = 10;
const encoder = new TextEncoder();

export class Journal {
	readonly #options: JournalOptions;
	/** where the last line of ours ended, so that the file need not be read again */
	#known: { readonly name: string; readonly end: number } | undefined;

	constructor(options: JournalOptions) {
		this.#options = options;
	}

	/** Adds entries (plain JSON values); they are durable when this resolves. */
	append(...entries: readonly unknown[]): Promise<void> {
		return this.#options.exclusive(async () => {
			for (let done = 0; done < entries.length;) done += await this.#add(entries.slice(done));
		});
	}

	/** Adds as many as the newest file takes, at least one. @returns how many */
	async #add(entries: readonly unknown[]): Promise<number> {
		const { files, limit = LIMIT } = this.#options;
		const names = await this.#names();
		const name = names.at(-1) ?? fileName(1);
		const end = await this.#endOf(name);
		const lines: Uint8Array[] = [];
		let length = 0;
		for (const entry of entries) {
			const line = lineOf(entry);
			if (end + length > 0 && end + length + line.length > limit) break;
			lines.push(line);
			length += line.length;
		}
		if (lines.length === 0) await this.#begin(names, entries[0]);
		else {
			await files.write(name, joinBytes(lines), end);
			this.#known = { name, end: end + length };
		}
		return Math.max(1, lines.length);
	}

	/** All entries, in the order in which they were added. */
	async read(): Promise<JournalContents> {
		const entries: unknown[] = [];
		let damaged = 0;
		for (const name of await this.#names()) {
			const bytes = (await this.#options.files.read(name)) ?? new Uint8Array(0);
			for (const line of linesIn(bytes)) {
				const entry = entryOf(line);
				if (entry === undefined) damaged++;
				else entries.push(entry);
			}
		}
		return { entries, damaged };
	}

	/** A new file first, then the old ones go: a crash in between leaves both, which says the same twice. */
	async #begin(names: readonly string[], entry: unknown): Promise<void> {
		const { files, compact } = this.#options;
		const kept = compact ? compact([...(await this.read()).entries, entry]) : [entry];
		const bytes = joinBytes(kept.map(lineOf));
		const name = fileName(numberOf(names.at(-1)) + 1);
		await files.write(name, bytes);
		this.#known = { name, end: bytes.length };
		if (compact) for (const old of names) await files.remove(old);
	}

	async #names(): Promise<readonly string[]> {
		return (await this.#options.files.list()).filter((name) => NAME.test(name));
	}

	/** Behind the last whole line. */
	async #endOf(name: string): Promise<number> {
		const { files } = this.#options;
		const size = await files.size(name);
		if (this.#known?.name === name && this.#known.end === size) return size;
		const bytes = (await files.read(name)) ?? new Uint8Array(0);
		return bytes.lastIndexOf(NEWLINE) + 1;
	}
}

const fileName = (k: number) => `journal-${String(k).padStart(6, '0')}.jsonl`;
const numberOf = (name: string | undefined) => Number(NAME.exec(name ?? '')?.[1] ?? 0);

function lineOf(entry: unknown): Uint8Array {
	const json = encoder.encode(JSON.stringify(entry));
	const sum = crc32(json).toString(16).padStart(8, '0');
	const line = new Uint8Array(json.length + 10);
	line.set(encoder.encode(`${sum} `));
	line.set(json, 9);
	line[line.length - 1] = NEWLINE;
	return line;
}

/** Without their line feeds; an end without one is no line. */
function* linesIn(bytes: Uint8Array): Generator<Uint8Array> {
	let from = 0;
	for (;;) {
		const to = bytes.indexOf(NEWLINE, from);
		if (to < 0) return;
		yield bytes.subarray(from, to);
		from = to + 1;
	}
}

function entryOf(line: Uint8Array): unknown {
	const json = line.subarray(9);
	const sum = new TextDecoder().decode(line.subarray(0, 9));
	if (sum !== `${crc32(json).toString(16).padStart(8, '0')} `) return undefined;
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
	} catch {
		return undefined;
	}
}

/** By a Web Lock where the browser has them; else one at a time in this thread. */
export function exclusiveBy(name: string, locks = globalThis.navigator?.locks): Exclusive {
	if (locks) return (work) => locks.request(name, work);
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const run = last.then(work);
		last = run.catch(() => undefined);
		return run;
	};
}
