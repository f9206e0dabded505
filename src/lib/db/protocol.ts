/**
 * What the page and the data worker say to each other. The only file that both sides import.
 * The worker holds the snapshot: the page sends filters and gets counts, windows and shapes.
 */
import type { Filter } from '../stats/filter';
import type { ColumnId, SortKey } from '../stats/fields';
import type { Facets, FacetField } from '../stats/facets';
import type { RowWindow } from '../stats/window';
import type { Histogram } from '../stats/histogram';
import type { SummaryTable, GroupField } from '../stats/summary';
import type { CurveSet, CurveBy } from '../stats/curves';
import type { ScatterRequest, ScatterImage } from '../stats/scatter';
import type { RunDetail } from '../stats/run-detail';
import type { Catalogue } from '../stats/catalogue';
import type { ExportFormat } from '../stats/export/registry';
import type { ExportOptions } from '../stats/export/table';
import type { DataArguments, DataRows } from '../stats/data-api';
import type { ReferenceQuestion, TrainingReference } from '../stats/training-reference';
import type { OwnRun } from './own';
import type { Figure, PlotOptions } from '../stats/plots/plot';
import type { PlotId } from '../stats/plots/ids';
import type { PictureOptions } from '../picture/picture';
import type { ReportKind, ReportOptions, ReportPlan } from '../stats/report/report';

/** A query names its rows by value: the worker keeps the last few row lists it made. */
export interface Query {
	readonly filter: Filter;
	readonly sort: readonly SortKey[];
}

/** What a visitor may choose of an export; which format takes what is told in `stats/export/table.ts`. */
export type WriteOptions = Pick<ExportOptions, 'separator' | 'bom' | 'safe'>;

export type Requests = {
	/** Opens a snapshot: from the cache, or chunk by chunk from the site. Emits `progress`. */
	open: {
		params: { version: string; baseUrl: string; own?: readonly OwnRun[] };
		result: Catalogue;
	};
	/** Replaces the visitor's own runs among the records. */
	own: { params: { runs: readonly OwnRun[] }; result: Catalogue };
	/** Counts of every facet under all other filters, and of the filter itself. */
	facets: { params: { filter: Filter; fields: readonly FacetField[] }; result: Facets };
	/** The rows [start, start + count) of a query, as columns. */
	window: {
		params: { query: Query; start: number; count: number; columns: readonly ColumnId[] };
		result: RowWindow;
	};
	/** Where a trial stands in a query: its position, or -1. */
	locate: { params: { query: Query; trial: number }; result: number };
	histogram: {
		params: { filter: Filter; column: ColumnId; bins: number };
		result: Histogram;
	};
	summary: { params: { filter: Filter; by: readonly GroupField[] }; result: SummaryTable };
	curves: { params: { filter: Filter; by: CurveBy; top: number }; result: CurveSet };
	scatter: { params: { filter: Filter; request: ScatterRequest }; result: ScatterImage };
	/** A run by its identity, with its curve inside the band of its (task, dataset, metric, nn). */
	run: { params: { trial: number }; result: RunDetail };
	/** The trial with this LEMUR identity (config, epoch, uid, repeat), or -1. */
	find: {
		params: {
			task: string;
			dataset: string;
			metric: string;
			nn: string;
			epoch: number;
			uid: string;
			repeat: number;
		};
		result: number;
	};
	/** `ab.nn.api.data()`. */
	data: { params: DataArguments; result: DataRows };
	/** Exactly the rows and columns of the query, in its order. Emits `progress`. */
	export: {
		params: {
			query: Query;
			columns: readonly ColumnId[];
			format: ExportFormat;
			/** the sentence and the address of these rows, for formats that can hold them */
			title: string;
			link: string;
			write: WriteOptions;
		};
		result: { bytes: Uint8Array; rows: number; mediaType: string };
	};
	/** A plot of all rows of the filter. */
	plot: { params: { filter: Filter; id: PlotId; options: PlotOptions }; result: Figure };
	/** The same as a file, with what can be said of it. */
	picture: {
		params: { filter: Filter; id: PlotId; options: PlotOptions; picture: PictureOptions };
		result: PlotPicture;
	};
	/** What a report would hold. */
	reportPlan: { params: { filter: Filter; kind: ReportKind }; result: ReportPlan };
	/** A workbook of the filter's rows. Emits `progress`, one row or picture at a time; lets others in. */
	report: {
		params: { filter: Filter; kind: ReportKind; options: ReportOptions };
		result: { file: Blob; plan: ReportPlan };
	};
	/** LEMUR's records of a net as a training of it is compared with, and its best settings. */
	reference: { params: ReferenceQuestion; result: TrainingReference };
	/** The bytes of the open database, for the SQL workers (a copy; transferred). */
	bytes: { params: Record<never, never>; result: Uint8Array };
	close: { params: Record<never, never>; result: null };
};

/** A painted figure. `bytes` are empty when the figure is (`empty` says why). */
export type PlotPicture = Pick<Figure, 'title' | 'summary' | 'used' | 'notes' | 'empty'> & {
	readonly bytes: Uint8Array;
	readonly mediaType: string;
};

export type RequestKind = keyof Requests;

/** Progress of one piece of work; never goes back. */
export interface ProgressEvent {
	readonly kind: 'progress';
	readonly what: 'download' | 'open' | 'export' | 'report';
	readonly done: number;
	readonly total: number;
	readonly unit: 'bytes' | 'rows' | 'pictures';
	/** what is being written: a sheet or a picture, in words */
	readonly part?: string;
}

export type WorkerEvent = ProgressEvent;
