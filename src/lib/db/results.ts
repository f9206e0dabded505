/**
 * The results of `protocol.ts` as schemas: looked at by the page just enough to notice a worker of
 * another build. The worker's own types vouch for the rest.
 */
import * as v from 'valibot';
import type { ResultSchemas } from '../worker/rpc';
import type { ProgressEvent, Requests } from './protocol';

/** An object that has at least these keys. */
function having<Result extends object>(...keys: readonly (keyof Result & string)[]) {
	return v.custom<Result>(
		(value) => typeof value === 'object' && value !== null && keys.every((key) => key in value),
	);
}

/** What each result must have. */
export const resultSchemas: ResultSchemas<Requests> = {
	open: having<Requests['open']['result']>('version', 'hash', 'trials', 'fields', 'stored'),
	own: having<Requests['own']['result']>('version', 'hash', 'trials', 'fields', 'stored'),
	reference: having<Requests['reference']['result']>('epochs', 'start', 'values', 'transforms'),
	facets: having<Requests['facets']['result']>('total', 'fields'),
	window: having<Requests['window']['result']>('total', 'start', 'trials', 'columns'),
	locate: v.number(),
	histogram: having<Requests['histogram']['result']>('edges', 'counts', 'background'),
	summary: having<Requests['summary']['result']>('by', 'groups', 'keys'),
	curves: having<Requests['curves']['result']>('curves', 'series'),
	scatter: having<Requests['scatter']['result']>('viewport', 'density'),
	run: having<Requests['run']['result']>('trial', 'prm', 'band'),
	find: v.number(),
	data: having<Requests['data']['result']>('rows', 'prmSets'),
	export: having<Requests['export']['result']>('bytes', 'rows', 'mediaType'),
	plot: having<Requests['plot']['result']>('data', 'layout', 'table'),
	picture: having<Requests['picture']['result']>('bytes', 'mediaType', 'summary'),
	reportPlan: having<Requests['reportPlan']['result']>('sheets', 'pictures'),
	report: having<Requests['report']['result']>('file', 'plan'),
	bytes: v.instance(Uint8Array),
	close: v.null(),
};

/** Progress as the page reads it. */
export const progressSchema: v.GenericSchema<unknown, ProgressEvent> = v.object({
	kind: v.literal('progress'),
	what: v.picklist(['download', 'open', 'export', 'report']),
	done: v.number(),
	total: v.number(),
	unit: v.picklist(['bytes', 'rows', 'pictures']),
	part: v.exactOptional(v.string()),
});
