/**
 * What a link can hold: the whole shareable state of a page as one plain value, its defaults and
 * the schema of each part. Foreign input is read in `read-view.ts`, the address bar in `codec.ts`.
 */
import * as v from 'valibot';
import { BASE_COLUMNS, type ColumnId, type SortKey } from '../stats/fields';
import { EVERYTHING, filterSchema, type Filter } from '../stats/filter';
import { GROUP_FIELDS, type GroupField } from '../stats/summary';
import type { TaskInfo } from '../stats/columns';
import type { CurveBy } from '../stats/curves';
import {
	EVALUATORS,
	PLOT_IDS,
	PLOT_MODES,
	type Evaluator,
	type PlotId,
	type PlotMode,
} from '../stats/plots/ids';
import type { PlotWindow } from '../stats/plots/plot';
import { REPORT_KINDS, type ReportKind } from '../stats/report/report';
import type { Viewport } from '../stats/scatter';
import { studyLookSchema, type StudyLook } from '../hpo/look';
import { trainSetupSchema, type TrainSetup } from '../train/setup';

export const VIEWS = ['table', 'summary', 'curves', 'scatter'] as const;
export type ViewKind = (typeof VIEWS)[number];
export const CURVE_BY = ['nn', 'nnFamily', 'dataset', 'transform', 'all'] as const;
export const CURVE_BANDS = ['std', 'quantiles'] as const;
export type CurveBand = (typeof CURVE_BANDS)[number];
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The data a state was made on. */
export interface SnapshotRef {
	/** '' = whatever the site's manifest calls its default */
	readonly version: string;
	/** first 12 hex digits of the sha256 of the inflated database */
	readonly hash?: string;
}

/** A trial by its identity in LEMUR: the same in every build of a snapshot, unlike its index. */
export interface RowIdentity {
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly nn: string;
	readonly epoch: number;
	readonly uid: string;
	/** 0, or n for the n-th further row that repeats (configuration, epoch, uid) */
	readonly repeat: number;
}

/** The shareable state. Absent optional keys mean: not chosen (the page decides). */
export interface ViewState {
	readonly snapshot: SnapshotRef;
	readonly filter: Filter;
	readonly view: ViewKind;
	/** most significant key first; empty = LEMUR's order (task, dataset, metric, nn, run, epoch) */
	readonly sort: readonly SortKey[];
	/** columns shown, in order */
	readonly columns?: readonly ColumnId[];
	/** groups of the summary */
	readonly groupBy: readonly GroupField[];
	readonly curveBy: CurveBy;
	readonly curveBand: CurveBand;
	/** how many curves are drawn, 1..50 */
	readonly curveTop: number;
	/** axes of the scatter */
	readonly x: ColumnId;
	readonly y: ColumnId;
	readonly xLog: boolean;
	readonly yLog: boolean;
	/** zoomed part of the scatter in data units; absent = the extent of the data */
	readonly viewport?: Viewport;
	/** the plot shown large; absent = the gallery */
	readonly plot?: PlotId;
	/** options of the plot, each absent = the plot decides */
	readonly plotMode?: PlotMode;
	readonly plotBoard?: TaskInfo;
	readonly plotMetric?: string;
	readonly plotTop?: number;
	/** names of hyperparameters, without `prm.` */
	readonly plotPrm?: readonly string[];
	readonly plotEvaluator?: Evaluator;
	/** zoomed part of the plot in axis units, not logarithms; absent = the whole */
	readonly plotWindow?: PlotWindow;
	/** kind of the report; absent = the living workbook */
	readonly report?: ReportKind;
	/** false: a report without pictures; absent = with them */
	readonly reportPictures?: boolean;
	/** what is chosen of a trial; the rest is filled in by the page */
	readonly train?: TrainSetup;
	/** the run whose drawer is open */
	readonly row?: RowIdentity;
	readonly pins: readonly RowIdentity[];
	/** text of the SQL editor; never run before the visitor asks */
	readonly sql?: string;
	/** definition of a study that is to be made, as JSON; nothing is made before the visitor asks */
	readonly study?: string;
	/** what of a study is looked at */
	readonly look?: StudyLook;
	readonly theme?: Theme;
	/** BCP 47 tag */
	readonly lang?: string;
}

export const DEFAULT_VIEW: ViewState = Object.freeze({
	snapshot: Object.freeze({ version: '' }),
	filter: EVERYTHING,
	view: 'table',
	sort: Object.freeze([Object.freeze({ column: 'accuracy', descending: true } as const)]),
	groupBy: Object.freeze(['task', 'dataset', 'metric'] as const),
	curveBy: 'nn',
	curveBand: 'std',
	curveTop: 5,
	x: 'duration',
	y: 'accuracy',
	xLog: true,
	yLog: false,
	pins: Object.freeze([]),
});

export const PROBLEM_CODES = [
	'LINK_CUT',
	'LINK_NEWER',
	'LINK_DATA',
	/** one value cannot be read; its default is used instead */
	'LINK_VALUE',
	/** a key stands twice; the first counts */
	'LINK_TWICE',
	/** over a limit (length, keys, depth, inflated size); nothing of the refused part is used */
	'LINK_LIMIT',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What could not be read, for the visitor. */
export interface Problem {
	/** key of the state or of the link, '' = the whole */
	readonly key: string;
	readonly code: ProblemCode;
	/** a sentence: cause and what is shown instead */
	readonly message: string;
}

/** Longest SQL text of a state, characters. */
export const MAX_SQL = 20_000;
/** Longest definition of a study, characters. */
export const MAX_STUDY = 20_000;
const MAX_PINS = 100;
const MAX_TOP = 1_000;
const MAX_PRM = 20;

const text = v.pipe(v.string(), v.maxLength(500));
const integer = (min: number, max: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const finite = v.pipe(v.number(), v.finite());
const noRepeats = <T>(message: string) =>
	v.check<T[], string>((values) => new Set(values).size === values.length, message);

const column = v.custom<ColumnId>(
	isColumnId,
	'Expected a column of the table, such as accuracy or prm.lr.',
);
const rowIdentity = v.strictObject({
	task: text,
	dataset: text,
	metric: text,
	nn: text,
	epoch: integer(0, 1_000_000),
	uid: text,
	repeat: integer(0, 1_000_000),
});
const sortKey = v.strictObject({ column, descending: v.boolean() });

const box = v.pipe(
	v.strictObject({ xMin: finite, xMax: finite, yMin: finite, yMax: finite }),
	v.check(
		({ xMin, xMax, yMin, yMax }) => xMin < xMax && yMin < yMax,
		'The part of the plane is empty.',
	),
);

/** One schema per key of `ViewState`; a key that fails falls back to its default. */
export const FIELDS = {
	snapshot: v.strictObject({
		version: v.pipe(v.string(), v.maxLength(100)),
		hash: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/))),
	}),
	filter: filterSchema,
	view: v.picklist(VIEWS),
	sort: v.pipe(
		v.array(sortKey),
		v.maxLength(20),
		v.check(
			(keys) => new Set(keys.map((key) => key.column)).size === keys.length,
			'A column stands twice.',
		),
	),
	columns: v.pipe(v.array(column), v.maxLength(150), noRepeats<ColumnId>('A column stands twice.')),
	groupBy: v.pipe(
		v.array(v.picklist(GROUP_FIELDS)),
		noRepeats<GroupField>('A group stands twice.'),
	),
	curveBy: v.picklist(CURVE_BY),
	curveBand: v.picklist(CURVE_BANDS),
	curveTop: integer(1, 50),
	x: column,
	y: column,
	xLog: v.boolean(),
	yLog: v.boolean(),
	viewport: box,
	plot: v.picklist(PLOT_IDS),
	plotMode: v.picklist(PLOT_MODES),
	plotBoard: v.strictObject({ task: text, dataset: text, metric: text }),
	plotMetric: text,
	plotTop: integer(1, MAX_TOP),
	plotPrm: v.pipe(v.array(text), v.maxLength(MAX_PRM), noRepeats<string>('A name stands twice.')),
	plotEvaluator: v.picklist(EVALUATORS),
	plotWindow: box,
	report: v.picklist(REPORT_KINDS),
	reportPictures: v.boolean(),
	train: trainSetupSchema,
	row: rowIdentity,
	pins: v.pipe(v.array(rowIdentity), v.maxLength(MAX_PINS)),
	sql: v.pipe(v.string(), v.maxLength(MAX_SQL)),
	study: v.pipe(v.string(), v.maxLength(MAX_STUDY)),
	look: studyLookSchema,
	theme: v.picklist(THEMES),
	lang: v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/)),
} satisfies Record<keyof ViewState, v.GenericSchema>;

export const VIEW_KEYS = Object.keys(FIELDS) as readonly (keyof ViewState)[];

/** The whole state, strict: for tests and for state that the site itself stored. */
export const viewSchema: v.GenericSchema<unknown, ViewState> = v.strictObject({
	...FIELDS,
	columns: v.exactOptional(FIELDS.columns),
	viewport: v.exactOptional(FIELDS.viewport),
	plot: v.exactOptional(FIELDS.plot),
	plotMode: v.exactOptional(FIELDS.plotMode),
	plotBoard: v.exactOptional(FIELDS.plotBoard),
	plotMetric: v.exactOptional(FIELDS.plotMetric),
	plotTop: v.exactOptional(FIELDS.plotTop),
	plotPrm: v.exactOptional(FIELDS.plotPrm),
	plotEvaluator: v.exactOptional(FIELDS.plotEvaluator),
	plotWindow: v.exactOptional(FIELDS.plotWindow),
	report: v.exactOptional(FIELDS.report),
	reportPictures: v.exactOptional(FIELDS.reportPictures),
	train: v.exactOptional(FIELDS.train),
	row: v.exactOptional(FIELDS.row),
	sql: v.exactOptional(FIELDS.sql),
	study: v.exactOptional(FIELDS.study),
	look: v.exactOptional(FIELDS.look),
	theme: v.exactOptional(FIELDS.theme),
	lang: v.exactOptional(FIELDS.lang),
});

/** A column id by form; whether a snapshot has that hyperparameter is its catalogue's business. */
export function isColumnId(value: unknown): value is ColumnId {
	if (typeof value !== 'string' || value.length > 504) return false;
	return (value.startsWith('prm.') && value.length > 4) || BASE.has(value);
}

const BASE: ReadonlySet<string> = new Set(BASE_COLUMNS);
