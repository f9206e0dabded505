/**
 * The parameters of `protocol.ts` as schemas: the worker reads every request strictly. What the page
 * reads is in `results.ts`, apart so that the page does not load filters and export formats for it.
 */
import * as v from 'valibot';
import { BASE_COLUMNS, type ColumnId, type PrmColumnId } from '../stats/fields';
import { FACET_FIELDS } from '../stats/facets';
import { filterSchema } from '../stats/filter';
import { GROUP_FIELDS } from '../stats/summary';
import { EXPORT_FORMATS } from '../stats/export/registry';
import { EVALUATORS, PLOT_IDS, PLOT_MODES } from '../stats/plots/ids';
import { PICTURE_FORMATS } from '../picture/picture';
import { REPORT_KINDS } from '../stats/report/report';
import type { Requests, RequestKind } from './protocol';

const count = (limit: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(limit));
const MAX_ROWS = 100_000_000;
const text = v.pipe(v.string(), v.maxLength(2_000));
const finite = v.pipe(v.number(), v.finite());

/** A base column or `prm.<name>`; whether the snapshot has that hyperparameter is not asked here. */
export const columnSchema: v.GenericSchema<unknown, ColumnId> = v.union([
	v.picklist(BASE_COLUMNS),
	v.custom<PrmColumnId>(
		(value) => typeof value === 'string' && value.length < 200 && /^prm\../s.test(value),
		'Not a column.',
	),
]);
const columns = v.pipe(v.array(columnSchema), v.maxLength(1_000));

const query = v.strictObject({
	filter: filterSchema,
	sort: v.pipe(
		v.array(v.strictObject({ column: columnSchema, descending: v.boolean() })),
		v.maxLength(20),
	),
});

const window = v.strictObject({ xMin: finite, xMax: finite, yMin: finite, yMax: finite });
const scatter = v.strictObject({
	x: columnSchema,
	y: columnSchema,
	xLog: v.boolean(),
	yLog: v.boolean(),
	width: v.pipe(count(4_096), v.minValue(1)),
	height: v.pipe(count(4_096), v.minValue(1)),
	viewport: v.exactOptional(window),
	maxPoints: count(1_000_000),
});

const dataArguments = v.strictObject({
	onlyBestAccuracy: v.exactOptional(v.boolean()),
	task: v.exactOptional(text),
	dataset: v.exactOptional(text),
	metric: v.exactOptional(text),
	nn: v.exactOptional(text),
	epoch: v.exactOptional(v.union([finite, text])),
	maxRows: v.exactOptional(v.nullable(finite)),
	prefixList: v.exactOptional(v.pipe(v.array(text), v.maxLength(10_000))),
});

const find = v.strictObject({
	task: text,
	dataset: text,
	metric: text,
	nn: text,
	epoch: count(65_535),
	uid: text,
	repeat: count(65_535),
});

/** Options of a plot, also as a script gives them. */
export const plotOptionsSchema = v.strictObject({
	mode: v.exactOptional(v.picklist(PLOT_MODES)),
	theme: v.exactOptional(v.picklist(['light', 'dark'])),
	board: v.exactOptional(v.strictObject({ task: text, dataset: text, metric: text })),
	metric: v.exactOptional(text),
	top: v.exactOptional(v.pipe(count(100_000), v.minValue(1))),
	prm: v.exactOptional(v.pipe(v.array(text), v.maxLength(20))),
	evaluator: v.exactOptional(v.picklist(EVALUATORS)),
	window: v.exactOptional(window),
	whole: v.exactOptional(v.boolean()),
});

const inches = v.pipe(finite, v.minValue(0.5), v.maxValue(40));
const picture = v.strictObject({
	format: v.picklist(PICTURE_FORMATS),
	width: inches,
	height: inches,
	dpi: v.pipe(finite, v.minValue(30), v.maxValue(600)),
	sentence: v.pipe(v.string(), v.maxLength(10_000)),
	link: v.pipe(v.string(), v.maxLength(100_000)),
	source: text,
	bare: v.exactOptional(v.boolean()),
});
const plotRequest = {
	filter: filterSchema,
	id: v.picklist(PLOT_IDS),
	options: plotOptionsSchema,
};
const reportRequest = { filter: filterSchema, kind: v.picklist(REPORT_KINDS) };

/** What each request's parameters must be. */
const ownRuns = v.pipe(
	v.array(
		v.strictObject({
			...{ task: text, dataset: text, metric: text, nn: text, uid: text },
			prm: v.pipe(v.string(), v.maxLength(100_000)),
			epochs: v.pipe(
				v.array(
					v.strictObject({
						epoch: count(65_535),
						accuracy: finite,
						duration: v.pipe(finite, v.minValue(0)),
					}),
				),
				v.maxLength(65_535),
			),
		}),
	),
	v.maxLength(100_000),
);

export const paramSchemas: {
	readonly [Kind in RequestKind]: v.GenericSchema<unknown, Requests[Kind]['params']>;
} = {
	open: v.strictObject({
		version: v.pipe(v.string(), v.maxLength(100)),
		baseUrl: v.pipe(v.string(), v.url()),
		own: v.exactOptional(ownRuns),
	}),
	own: v.strictObject({ runs: ownRuns }),
	reference: v.strictObject({
		...{ task: text, dataset: text, metric: text, nn: text },
		transform: v.exactOptional(text),
	}),
	facets: v.strictObject({ filter: filterSchema, fields: v.array(v.picklist(FACET_FIELDS)) }),
	window: v.strictObject({ query, start: count(MAX_ROWS), count: count(100_000), columns }),
	locate: v.strictObject({ query, trial: count(MAX_ROWS) }),
	histogram: v.strictObject({
		filter: filterSchema,
		column: columnSchema,
		bins: v.pipe(count(10_000), v.minValue(1)),
	}),
	summary: v.strictObject({
		filter: filterSchema,
		by: v.pipe(v.array(v.picklist(GROUP_FIELDS)), v.maxLength(GROUP_FIELDS.length)),
	}),
	curves: v.strictObject({
		filter: filterSchema,
		by: v.picklist(['nn', 'nnFamily', 'dataset', 'transform', 'all']),
		top: count(1_000),
	}),
	scatter: v.strictObject({ filter: filterSchema, request: scatter }),
	run: v.strictObject({ trial: count(MAX_ROWS) }),
	find,
	data: dataArguments,
	export: v.strictObject({
		query,
		columns,
		format: v.picklist(EXPORT_FORMATS),
		title: v.pipe(v.string(), v.maxLength(10_000)),
		link: v.pipe(v.string(), v.maxLength(100_000)),
		write: v.strictObject({
			separator: v.exactOptional(v.picklist([',', ';', '\t'])),
			bom: v.exactOptional(v.boolean()),
			safe: v.exactOptional(v.boolean()),
		}),
	}),
	plot: v.strictObject(plotRequest),
	picture: v.strictObject({ ...plotRequest, picture }),
	reportPlan: v.strictObject(reportRequest),
	report: v.strictObject({
		...reportRequest,
		options: v.strictObject({
			sentence: v.pipe(v.string(), v.maxLength(10_000)),
			link: v.pipe(v.string(), v.maxLength(100_000)),
			source: text,
			date: text,
			pictures: v.boolean(),
		}),
	}),
	bytes: v.strictObject({}),
	close: v.strictObject({}),
};
