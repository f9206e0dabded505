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

const countsSchema = v.object({
	trials: count,
	/** distinct (configuration, uid) */
	runs: count,
	configurations: count,
	nets: count,
	deviceRuns: count,
});

const snapshotSchema = v.object({
	version: v.string(),
	title: v.string(),
	/** the wheel it was made from */
	source: v.object({ file: v.string(), sha256: hash }),
	counts: countsSchema,
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

const topRowSchema = v.object({
	nn: v.string(),
	accuracy: v.number(),
	/** rows of this net with this accuracy */
	ties: count,
	epoch: count,
	/** ns since the start of the run */
	duration: v.nullable(v.number()),
	transform: v.string(),
	batch: v.nullable(v.number()),
	lr: v.nullable(v.number()),
	momentum: v.nullable(v.number()),
	dropout: v.nullable(v.number()),
	uid: v.string(),
	/** of this net in this leaderboard */
	runs: count,
	trials: count,
});

const boardSchema = v.object({
	task: v.string(),
	dataset: v.string(),
	metric: v.string(),
	trials: count,
	runs: count,
	nets: count,
	/** accuracy of the middle trial */
	median: v.number(),
	/** the best row of each of the 25 best nets: highest accuracy, then lowest epoch, then uid */
	top: v.array(topRowSchema),
});

/** What the file `summary` of a snapshot holds, as gzip JSON. */
export const summarySchema = v.object({
	version: v.string(),
	counts: countsSchema,
	/** by task, dataset, metric in code-point order */
	boards: v.array(boardSchema),
	/** nets whose name does not end in a hash or uuid; each board as [index, best, runs, trials] */
	nets: v.array(
		v.object({ name: v.string(), boards: v.array(v.tuple([count, v.number(), count, count])) }),
	),
	families: v.array(v.object({ name: v.string(), nets: count, trials: count })),
});

export type SummaryFile = v.InferOutput<typeof summarySchema>;
