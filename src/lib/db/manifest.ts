/**
 * The list of snapshots that a site ships, `stat-db/manifest.json`: everything a snapshot consists of is
 * named here by its hash, so files of two versions can never be mixed.
 */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'Not a sha256 in hex.'));
/** a plain name: never a path, so that a manifest cannot point anywhere else */
const fileName = v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'Not a file name.'));

const fileSchema = v.object({ name: fileName, bytes: count, sha256: hash });

const snapshotSchema = v.object({
	version: v.string(),
	title: v.string(),
	/** the wheel it was made from */
	source: v.object({ file: v.string(), sha256: hash }),
	counts: v.object({
		trials: count,
		runs: count,
		configurations: count,
		nets: count,
		deviceRuns: count,
	}),
	/** the inflated sqlite file */
	database: v.object({ bytes: count, sha256: hash }),
	/** the pieces of one gzip stream of it, in order */
	chunks: v.pipe(v.array(fileSchema), v.minLength(1)),
	/** gzip JSON: what the landing page shows before the database has arrived */
	summary: fileSchema,
	date: v.string(),
});

export const manifestSchema = v.object({
	format: v.literal(1),
	/** the version that is opened when none is asked for */
	default: v.string(),
	snapshots: v.pipe(v.array(snapshotSchema), v.minLength(1)),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type Snapshot = v.InferOutput<typeof snapshotSchema>;
export type SnapshotFile = v.InferOutput<typeof fileSchema>;
