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

/** A query names its rows by value: the worker keeps the last few row lists it made. */
export interface Query {
	readonly filter: Filter;
	readonly sort: readonly SortKey[];
}

/** What a visitor may choose of an export; which format takes what is told in `stats/export/table.ts`. */
export type WriteOptions = Pick<ExportOptions, 'separator' | 'bom' | 'safe'>;

export type Requests = {
	/** Opens a snapshot: from the cache, or chunk by chunk from the site. Emits `progress`. */
	open: { params: { version: string; baseUrl: string }; result: Catalogue };
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
	/** The bytes of the open database, for the SQL workers (a copy; transferred). */
	bytes: { params: Record<never, never>; result: Uint8Array };
	close: { params: Record<never, never>; result: null };
};

export type RequestKind = keyof Requests;

/** Progress of one piece of work; never goes back. */
export interface ProgressEvent {
	readonly kind: 'progress';
	readonly what: 'download' | 'open' | 'export';
	readonly done: number;
	readonly total: number;
	readonly unit: 'bytes' | 'rows';
}

export type WorkerEvent = ProgressEvent;
