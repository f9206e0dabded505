/**
 * The handlers of `protocol.ts`: opens a snapshot and asks `lib/stats` about it. All of the data
 * worker but the worker itself, so that Node can test it.
 */
import type { SqlJsStatic } from 'sql.js';
import { catalogueOf, type Catalogue, type CatalogueFacts } from '../stats/catalogue';
import { curves } from '../stats/curves';
import { dataRows } from '../stats/data-api';
import { EXPORTS } from '../stats/export/registry';
import { exportTable } from '../stats/export/table';
import { drawPlot } from '../stats/plots/registry';
import { planReport, writeReport } from '../stats/report/write';
import { paintFigure } from '../picture/paint';
import { facetsOf } from '../stats/facets';
import { FilterError, type Filter } from '../stats/filter';
import { histogramOf } from '../stats/histogram';
import { runDetail } from '../stats/run-detail';
import { scatter, ScatterError } from '../stats/scatter';
import { summarise } from '../stats/summary';
import { trainingReference } from '../stats/training-reference';
import { locate, windowOf } from '../stats/window';
import { RpcError, type Handler, type HandlerContext, type Handlers } from '../worker/rpc';
import { browserStores, createContentCache, type FileStore } from './cache';
import { realNetwork, type NetworkEffects } from './fetch-part';
import { findTrial } from './find';
import { loadSnapshot } from './loader';
import { openSnapshot, snapshotOf, type OpenSnapshot } from './opened';
import { withOwnRows } from './own-rows';
import { withOwnRuns, type OwnRun } from './own';
import type { ProgressEvent, RequestKind, Requests } from './protocol';
import { paramSchemas } from './requests';
import { breathe } from '../worker/breathe';

/** The outside world of the data worker. */
export interface EngineEffects {
	readonly sqlite: () => Promise<SqlJsStatic>;
	readonly network?: NetworkEffects;
	readonly stores?: (baseUrl: string) => readonly FileStore[];
}

export interface Engine {
	readonly handlers: Handlers<Requests>;
	/** true for memory that must not be moved to the page with a result */
	keeps(buffer: ArrayBuffer): boolean;
}

/** ms between two progress events: an event per received packet would only make the page busy */
const PROGRESS_EVERY = 50;

/** An engine with nothing open: any request but `open` fails with `DB_CLOSED` until then. */
export function createEngine(effects: EngineEffects): Engine {
	/** with the visitor's own runs, and as it came */
	let open: OpenSnapshot | undefined;
	let shipped: Opened | undefined;
	let own: readonly OwnRun[] = [];

	function current(): OpenSnapshot {
		if (open) return open;
		throw new RpcError('DB_CLOSED', 'No snapshot is open. Open one first.');
	}

	/** The snapshot with these runs in it is the one that answers from now on. */
	function join(runs: readonly OwnRun[]): Catalogue {
		if (!shipped) throw new RpcError('DB_CLOSED', 'No snapshot is open. Open one first.');
		const { snapshot, facts } = shipped;
		const mirror = withOwnRuns(snapshot.mirror, runs);
		open = mirror === snapshot.mirror ? snapshot : snapshotOf(mirror, snapshot.bytes);
		own = runs;
		return catalogueOf(open.columns, facts);
	}

	const matching = (filter: Filter) => current().matcher.match(filter).ids;

	const rows = (filter: Filter) => ({ columns: current().columns, ids: matching(filter) });

	const reported = (filter: Filter) => ({ ...rows(filter), uidText: current().mirror.uidText });

	const handlers: Handlers<Requests> = {
		open: handler('open', async (params, context) => {
			open = undefined;
			shipped = await openFrom(effects, params, context);
			return join(params.own ?? []);
		}),
		own: handler('own', ({ runs }) => join(runs)),
		reference: handler('reference', (question) => trainingReference(current().columns, question)),
		facets: handler('facets', ({ filter, fields }) => facetsOf(current().matcher, filter, fields)),
		window: handler('window', ({ query, start, count, columns }) => {
			const { columns: all, mirror, order } = current();
			return windowOf(all, order(query), start, count, columns, mirror.uidText);
		}),
		locate: handler('locate', ({ query, trial }) => locate(current().order(query), trial)),
		histogram: handler('histogram', ({ filter, column, bins }) =>
			histogramOf(current().matcher, filter, column, bins),
		),
		summary: handler('summary', ({ filter, by }) =>
			summarise(current().columns, matching(filter), by),
		),
		curves: handler('curves', ({ filter, by, top }) =>
			curves(current().columns, matching(filter), { by, top }),
		),
		scatter: handler('scatter', ({ filter, request }) =>
			scatter(current().columns, matching(filter), request),
		),
		run: handler('run', ({ trial }) => {
			const { columns, mirror } = current();
			if (trial < columns.count) return runDetail(columns, trial, mirror);
			const message = `There is no row ${trial}: this snapshot has ${columns.count}.`;
			throw new RpcError('NO_TRIAL', message, { trial, trials: columns.count });
		}),
		find: handler('find', (identity) => findTrial(current().mirror, identity)),
		data: handler('data', (args) => dataRows(current().mirror, args)),
		export: handler('export', async ({ query, columns, format, title, link, write }, context) => {
			const { columns: all, mirror, order } = current();
			const trials = order(query);
			const table = exportTable(all, trials, columns, { uidText: mirror.uidText, title, link });
			const options = format === 'sqlite' ? { ...write, sqlite: await effects.sqlite() } : write;
			const spec = EXPORTS[format];
			const bytes = await spec.write(table, options, paced('export', 'rows', context.progress));
			return { bytes, rows: trials.length, mediaType: spec.mediaType };
		}),
		plot: handler('plot', ({ filter, id, options }) => drawPlot(rows(filter), id, options)),
		picture: handler('picture', async ({ filter, id, options, picture }) => {
			const figure = drawPlot(rows(filter), id, options);
			const { title, summary, used, notes, empty } = figure;
			const said = { title, summary, used, notes, ...(empty === undefined ? {} : { empty }) };
			if (empty !== undefined) return { ...said, bytes: new Uint8Array(), mediaType: '' };
			return { ...said, ...(await paintFigure(figure, picture)) };
		}),
		reportPlan: handler('reportPlan', ({ filter, kind }) => planReport(reported(filter), kind)),
		report: handler('report', ({ filter, kind, options }, context) =>
			writeReport(reported(filter), kind, options, {
				paint: paintFigure,
				progress: reportProgress(context.progress),
				signal: context.signal,
				breathe,
			}),
		),
		bytes: handler('bytes', async () => {
			const { bytes } = current();
			return own.length === 0 ? bytes.slice() : withOwnRows(await effects.sqlite(), bytes, own);
		}),
		close: handler('close', () => {
			open = undefined;
			shipped = undefined;
			return null;
		}),
	};
	return { handlers, keeps: (buffer) => open?.keeps(buffer) ?? false };
}

type Params<Kind extends RequestKind> = Requests[Kind]['params'];
type Result<Kind extends RequestKind> = Requests[Kind]['result'];

function handler<Kind extends RequestKind>(
	kind: Kind,
	work: (params: Params<Kind>, context: HandlerContext) => Result<Kind> | Promise<Result<Kind>>,
): Handler<Params<Kind>, Result<Kind>> {
	return {
		params: paramSchemas[kind],
		async run(params, context) {
			try {
				return await work(params, context);
			} catch (error) {
				if (error instanceof FilterError) throw new RpcError('FILTER', error.message);
				if (error instanceof ScatterError) throw new RpcError('SCATTER', error.message);
				throw error;
			}
		},
	};
}

/** A snapshot as it is shipped. */
interface Opened {
	readonly snapshot: OpenSnapshot;
	readonly facts: CatalogueFacts;
}

async function openFrom(
	effects: EngineEffects,
	{ version, baseUrl }: Params<'open'>,
	{ progress, signal }: HandlerContext,
): Promise<Opened> {
	const stores = (effects.stores ?? browserStores)(baseUrl);
	// sqlite compiles while the bytes are on their way.
	const sqlite = effects.sqlite();
	sqlite.catch(() => undefined);
	const loaded = await loadSnapshot(
		{ network: effects.network ?? realNetwork, cache: createContentCache(stores) },
		{ version, baseUrl, signal, onProgress: paced('download', 'bytes', progress) },
	);
	const { snapshot: entry, bytes, openedFrom, notStored } = loaded;
	const onRows = paced('open', 'rows', progress);
	const snapshot = openSnapshot(await sqlite, bytes, entry.version, onRows);
	const facts = {
		hash: entry.database.sha256,
		openedFrom,
		stored: notStored === undefined,
		...(notStored === undefined ? {} : { notStored }),
	};
	return { snapshot, facts };
}

/** Every sheet and picture has a count of its own, so a new one is always told. */
function reportProgress(send: (event: ProgressEvent) => void) {
	let last = -Infinity;
	let told = '';
	return (done: number, total: number, unit: ProgressEvent['unit'], part: string) => {
		const now = performance.now();
		if (part === told && done < total && now - last < PROGRESS_EVERY) return;
		last = now;
		told = part;
		send({ kind: 'progress', what: 'report', done, total, unit, part });
	};
}

/** Progress at most every `PROGRESS_EVERY` ms, the last one always. */
function paced(
	what: ProgressEvent['what'],
	unit: ProgressEvent['unit'],
	send: (event: ProgressEvent) => void,
): (done: number, total: number) => void {
	let last = -Infinity;
	return (done, total) => {
		const now = performance.now();
		if (done < total && now - last < PROGRESS_EVERY) return;
		last = now;
		send({ kind: 'progress', what, done, total, unit });
	};
}
