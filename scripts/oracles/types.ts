/**
 * What an oracle runner is: a module `*.oracle.ts` beside the code it checks exports
 * `oracles: OracleFile[]`, one entry for each JSON file of `<ORACLES_DIR>/<area>/` it reads.
 *
 * Cases come from the JSON alone, so a file of the same format with other cases runs as well.
 */

/** One comparison. `run` throws when the code disagrees with the oracle (see expect.ts). */
export interface OracleCase {
	name: string;
	run(): void | Promise<void>;
}

/** A case that cannot run here; `skip` says why and is printed. */
export interface SkippedCase {
	name: string;
	skip: string;
}

/** A Python wheel opened for reading; names are paths inside the archive. */
export interface Wheel {
	names: readonly string[];
	/** Bytes of one entry. @throws RangeError when there is no such entry. */
	read(name: string): Promise<Uint8Array>;
}

/** What a runner may read besides its own JSON. */
export interface OracleContext {
	/** Path of the JSON file that is being read. */
	path: string;
	/** Its text, for runners that need the kind of a number (1 or 1.0). */
	text: string;
	/**
	 * Another JSON file of the same area: beside this one, else in this repository's own oracles.
	 */
	sibling(file: string): Promise<unknown>;
	/** Folder of real data sets (`DATA_DIR`), `null` when it is not set. */
	dataDir: string | null;
	/** The nn-dataset wheel of this version in `WHEELS_DIR`, `null` when there is none. */
	wheel(version: string): Promise<Wheel | null>;
}

/** Runner of one oracle file. */
export interface OracleFile {
	/** Folder of the oracle file below ORACLES_DIR. */
	area: string;
	/** Name of the oracle file, `floats.json`. */
	file: string;
	/** Cases of the parsed JSON; a throw here (a wrong format) counts as one failed case. */
	cases(
		json: unknown,
		context: OracleContext,
	): Iterable<OracleCase | SkippedCase> | AsyncIterable<OracleCase | SkippedCase>;
}
