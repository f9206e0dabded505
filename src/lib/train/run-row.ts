/** What is stored of runs: their rows, the rows of their epochs, and where their checkpoints lie. */
import * as v from 'valibot';
import { trialConfigSchema } from './config';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** JSON has no NaN. */
const measured = v.nullable(v.number());

const pointerSchema = v.object({
	/** in the database, or in a file beside it */
	place: v.picklist(['db', 'file']),
	epoch: count,
	step: count,
	bytes: count,
	sha256: v.string(),
});
/** A checkpoint that is whole when its bytes have this length and hash. */
export type CheckpointPointer = v.InferOutput<typeof pointerSchema>;

/** Which trial of which study a run is. */
export const studyTrialSchema = v.object({ id: v.pipe(v.string(), v.maxLength(64)), trial: count });
export type StudyTrialRef = v.InferOutput<typeof studyTrialSchema>;

export const runRowSchema = v.object({
	id: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
	/** number of the change; higher is newer */
	rev: count,
	/** ms since 1970, for people only */
	created: v.number(),
	config: trialConfigSchema,
	facts: v.object({
		backend: v.picklist(['webgpu', 'webgl', 'cpu']),
		adapter: v.string(),
		software: v.boolean(),
	}),
	/** Python JSON of what all records of the run share */
	prm: v.string(),
	uid: v.string(),
	/** the run that this one takes over from */
	parent: v.nullable(v.string()),
	/** the study that it is a trial of */
	study: v.exactOptional(studyTrialSchema),
	/** 'running' without a worker that holds its lock: interrupted */
	state: v.picklist(['running', 'ended']),
	outcome: v.nullable(
		v.object({ code: v.string(), reason: v.string(), value: v.nullable(v.number()) }),
	),
	/** what happened to it, for people and records */
	notes: v.array(v.string()),
	/** finished and stored */
	epochs: count,
	best: v.nullable(v.number()),
	slots: v.tuple([v.nullable(pointerSchema), v.nullable(pointerSchema)]),
	/** the newer of the two */
	current: v.picklist([0, 1]),
	/** ms since 1970 when it was deleted, for a while it can be had back */
	removed: v.nullable(v.number()),
	/** nothing but this row is left of it */
	purged: v.boolean(),
});
export type RunRow = v.InferOutput<typeof runRowSchema>;

export const epochRowSchema = v.object({
	run: v.string(),
	epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
	accuracy: v.number(),
	/** ms */
	duration: v.number(),
	trainLoss: measured,
	testLoss: measured,
	samplesPerSecond: measured,
	/** mean losses of up to `CURVE_POINTS` equal parts of the epoch, for charts */
	curve: v.array(measured),
	/** Python JSON of LEMUR's record */
	record: v.string(),
});
export type EpochRow = v.InferOutput<typeof epochRowSchema>;

/** A run with its epochs, in order. */
export interface RunHistory {
	readonly run: RunRow;
	readonly epochs: readonly EpochRow[];
}

/** One line of the journal: a run after a change, and the epochs that came with it. */
export const journalEntrySchema = v.object({ run: runRowSchema, epochs: v.array(epochRowSchema) });
export type JournalEntry = v.InferOutput<typeof journalEntrySchema>;

export const RUN_COLLECTIONS = {
	runs: 'runs',
	epochs: 'epochs',
	checkpoints: 'checkpoints',
} as const;

/** Key of an epoch: in order within its run. */
export function epochKey(run: string, epoch: number): string {
	return `${run}/${String(epoch).padStart(6, '0')}`;
}

export function slotKey(run: string, slot: 0 | 1): string {
	return `${run}/${slot}`;
}

/** Name of the file of a slot. */
export function slotFile(run: string, slot: 0 | 1): string {
	return `checkpoint-${run}-${slot}.safetensors`;
}

/** @returns null for NaN and infinities */
export function orNull(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}

/** Points of an epoch's curve. */
export const CURVE_POINTS = 40;

/** @returns means of equal parts of the losses of an epoch's steps */
export function curveOf(losses: readonly number[], points = CURVE_POINTS): (number | null)[] {
	const parts = Math.min(points, losses.length);
	return Array.from({ length: parts }, (_, part) => {
		const from = Math.floor((part * losses.length) / parts);
		const to = Math.floor(((part + 1) * losses.length) / parts);
		const sum = losses.slice(from, to).reduce((total, loss) => total + loss, 0);
		return orNull(sum / (to - from));
	});
}
