/**
 * The script interface: `globalThis.lemur` in the page and the module `lemur.js`. Names and defaults
 * follow LEMUR's `ab.nn.api`. It runs nothing by itself and asks no other origin.
 */
import * as v from 'valibot';
import type { DataClient } from '../db/client';
import { manifestSchema, type Snapshot } from '../db/manifest';
import { plotOptionsSchema } from '../db/requests';
import { SqlError } from '../db/sql/sql-error';
import type { SqlClient } from '../db/sql/client';
import type { SqlParams } from '../db/sql/protocol';
import { EXPORT_FORMATS, type ExportFormat } from '../stats/export/registry';
import { readFilter } from '../stats/filter';
import { PLOT_IDS, type PlotId } from '../stats/plots/ids';
import type { Layout, Trace } from '../stats/plots/plot';
import { emptyLayout } from '../stats/plots/figure';
import { REPORT_KINDS, type ReportKind } from '../stats/report/report';
import type { ReferenceQuestion } from '../stats/training-reference';
import { printLink, readFragment } from '../url/codec';
import { readView } from '../url/read-view';
import { DEFAULT_VIEW, type ViewState } from '../url/view';
import type { Configuration } from '../hpo/objective/replay';
import type { StudyClient } from '../hpo/worker/client';
import { makeReport } from './report';
import { dataRowObjects, sqlRows, type DataRow, type SqlRows } from './rows';
import type { ScriptStudy } from './study';
import type { StudyArguments } from './study-arguments';
import {
	startTrial,
	trainArguments,
	type ScriptTrial,
	type TrainArguments,
	type Trainer,
} from './train';

/** Arguments of `lemur.data`, named as LEMUR's. */
const dataArguments = v.strictObject({
	onlyBestAccuracy: v.optional(v.boolean()),
	task: v.optional(v.string()),
	dataset: v.optional(v.string()),
	metric: v.optional(v.string()),
	nn: v.optional(v.string()),
	epoch: v.optional(v.union([v.number(), v.string()])),
	maxRows: v.optional(v.nullable(v.number())),
	prefixList: v.optional(v.array(v.string())),
	snapshot: v.optional(v.string()),
});
export type DataOptions = v.InferInput<typeof dataArguments>;

const sqlOptions = v.strictObject({
	/** rows at most; default 10,000 */
	limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
	/** ms; default 10,000 */
	timeout: v.optional(v.pipe(v.number(), v.minValue(1))),
	snapshot: v.optional(v.string()),
});
export type SqlOptions = v.InferInput<typeof sqlOptions>;

const plotArguments = v.strictObject({
	...v.omit(plotOptionsSchema, ['whole']).entries,
	snapshot: v.exactOptional(v.string()),
});
/** Options of a plot, as its page has them; default: corrected, light, the board with most records. */
export type PlotArguments = v.InferInput<typeof plotArguments>;

const reportArguments = v.strictObject({
	/** default: true */
	pictures: v.exactOptional(v.boolean()),
	snapshot: v.exactOptional(v.string()),
});
export type ReportArguments = v.InferInput<typeof reportArguments>;

/** For `Plotly.newPlot(element, data, layout)`; typed arrays where there are many numbers. */
export interface PlotlyFigure {
	readonly data: readonly Trace[];
	readonly layout: Layout;
}

/** The functions a script may call. Every one rejects or throws with a sentence that says why. */
export interface Lemur {
	/** Rows of LEMUR's `data()`, ordered by task, dataset, metric, nn, epoch. */
	data(options?: DataOptions): Promise<DataRow[]>;
	/** One reading statement on LEMUR's tables; throws `SqlError`. */
	sql(text: string, params?: SqlParams, options?: SqlOptions): Promise<SqlRows>;
	/** The snapshots this site ships. */
	snapshots(): Promise<readonly Snapshot[]>;
	/** The fragment of a state; keys that are not given take their defaults. */
	link(state: Partial<ViewState>): string;
	/** The state of a link or fragment, with what could not be read. */
	state(link: string): ReturnType<typeof readFragment>;
	/** A plot of all rows of a filter; one that cannot be drawn says why in its layout. */
	plot(name: PlotId, filter?: unknown, options?: PlotArguments): Promise<PlotlyFigure>;
	/** An Excel workbook of the rows of a filter; one of no rows holds the headers alone. */
	report(kind: ReportKind, filter?: unknown, options?: ReportArguments): Promise<Blob>;
	/** Exactly the rows of a filter, with all base columns, as a file. */
	export(format: ExportFormat, filter?: unknown, options?: { snapshot?: string }): Promise<Blob>;
	/** Trains a net on this device, as /train does; resolves once the trial has begun. */
	train(options?: TrainArguments): Promise<ScriptTrial>;
	/** Searches hyperparameters, as /studies does; resolves once the study is stored. */
	study(options?: StudyArguments): Promise<ScriptStudy>;
}

declare global {
	/** there on the pages of the site only */
	var lemur: Lemur;
}

/** What the interface needs from the page or the module. */
export interface LemurEffects {
	/** the client of a snapshot; '' = the one that is shown, or the site's default */
	readonly client: (version: string) => DataClient;
	readonly sqlClient: (version: string) => SqlClient;
	/** absolute URL of the site's root folder */
	readonly baseUrl: string;
	readonly fetch: typeof fetch;
	/** where trials run */
	readonly trainer: () => Trainer;
	/** the worker that holds the studies of this device; loaded when one is made */
	readonly studies: () => Promise<StudyClient>;
}

/** Reads arguments strictly: a misspelt name is an error, not a filter that is silently missing. */
function read<T extends v.GenericSchema>(
	schema: T,
	value: unknown,
	what: string,
): v.InferOutput<T> {
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	const issue = result.issues[0];
	throw new TypeError(`${what}: ${v.getDotPath(issue) ?? 'argument'}: ${issue.message}`);
}

export function createLemur(effects: LemurEffects): Lemur {
	return Object.freeze({
		async data(options: DataOptions = {}) {
			if ('sql' in options) throw new TypeError('lemur.data: sql: use lemur.sql(text) instead.');
			const { snapshot = '', ...args } = read(dataArguments, options, 'lemur.data');
			return dataRowObjects(await effects.client(snapshot).data(withoutUndefined(args)));
		},
		async sql(text: string, params: SqlParams = [], options: SqlOptions = {}) {
			const { snapshot = '', ...rest } = read(sqlOptions, options, 'lemur.sql');
			return sqlRows(await effects.sqlClient(snapshot).run(text, params, withoutUndefined(rest)));
		},
		async snapshots() {
			const response = await effects.fetch(new URL('stat-db/manifest.json', effects.baseUrl));
			return v.parse(manifestSchema, await response.json()).snapshots;
		},
		link(state: Partial<ViewState>) {
			const { view, problems } = readView({ ...DEFAULT_VIEW, ...state });
			const [problem] = problems;
			if (problem) throw new TypeError(`lemur.link: ${problem.key}: ${problem.message}`);
			return printLink(view).fragment;
		},
		state(link: string) {
			const cut = link.indexOf('#');
			return readFragment(cut < 0 ? link : link.slice(cut));
		},
		async plot(name: PlotId, filter: unknown = {}, options: PlotArguments = {}) {
			read(
				v.picklist(PLOT_IDS, `there is no such plot; there are ${PLOT_IDS.join(', ')}`),
				name,
				'lemur.plot',
			);
			const { snapshot = '', ...rest } = read(
				plotArguments,
				withoutUndefined(options),
				'lemur.plot',
			);
			const client = effects.client(snapshot);
			const { data, layout, empty } = await client.plot(readFilter(filter), name, rest);
			return { data, layout: empty === undefined ? layout : emptyLayout(layout, empty) };
		},
		async report(kind: ReportKind, filter: unknown = {}, options: ReportArguments = {}) {
			read(
				v.picklist(REPORT_KINDS, `there is no such report; there are ${REPORT_KINDS.join(', ')}`),
				kind,
				'lemur.report',
			);
			const { snapshot = '', pictures = true } = read(
				reportArguments,
				withoutUndefined(options),
				'lemur.report',
			);
			const rows = readFilter(filter);
			return makeReport(effects.client(snapshot), effects.baseUrl, {
				kind,
				filter: rows,
				pictures,
			});
		},
		async export(format: ExportFormat, filter: unknown = {}, options: { snapshot?: string } = {}) {
			read(v.picklist(EXPORT_FORMATS), format, 'lemur.export');
			const client = effects.client(options.snapshot ?? '');
			const { columns } = await client.ready();
			const query = { filter: readFilter(filter), sort: [] };
			const { bytes, mediaType } = await client.export(query, columns, format);
			return new Blob([new Uint8Array(bytes)], { type: mediaType });
		},
		async train(options: TrainArguments = {}) {
			const args = read(trainArguments, withoutUndefined(options), 'lemur.train');
			const { trainer } = effects;
			const reference = (question: ReferenceQuestion) => effects.client('').reference(question);
			return startTrial(args, { trainer, reference });
		},
		async study(options: StudyArguments = {}) {
			// Samplers and spaces are no matter of a page that only looks at data.
			const { startStudy, studyArguments } = await import('./study');
			const args = read(studyArguments, withoutUndefined(options), 'lemur.study');
			const rows = (configuration: Configuration) =>
				effects.client(args.snapshot ?? '').data(configuration);
			return startStudy(args, { client: await effects.studies(), rows });
		},
	});
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Optional arguments that were given as undefined count as not given. */
function withoutUndefined<T extends object>(value: T): Partial<Defined<T>> {
	const given = Object.entries(value).filter(([, one]) => one !== undefined);
	return Object.fromEntries(given) as Partial<Defined<T>>; // the same keys, less the undefined ones
}

export { SqlError };
