/** Arbitrary filters and states for property tests. Test code: nothing of the site imports this. */
import fc from 'fast-check';
import { BASE_COLUMNS, type ColumnId } from '../stats/fields';
import { BEST, type Conditions, type Filter } from '../stats/filter';
import { SOURCES } from '../stats/columns';
import { GROUP_FIELDS } from '../stats/summary';
import { EVALUATORS, PLOT_IDS, PLOT_MODES } from '../stats/plots/ids';
import { REPORT_KINDS } from '../stats/report/report';
import { STUDY_PLOT_IDS } from '../hpo/plots/plot';
import { TRIAL_STATES } from '../hpo/worker/filter';
import { CURVE_BANDS, CURVE_BY, THEMES, VIEWS, type ViewState } from './view';

const RESERVED = ['__proto__', 'constructor', 'prototype'];

/** Texts that printers get wrong: quotes, separators, escapes, look-alike numbers, any Unicode. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
	fc.constantFrom(
		...['', 'ResNet', 'cifar-10', "O'Neil", '"', '\\', "\\'", '\n', '\r\n', '\t', '\0', '%', '%41'],
		...['a,b', 'a;b', 'a&b=c', '#', '~', '~~', '!x', '1..2', '..', '4', '-0', '1e5', 'NaN', 'null'],
		...[
			'[a-z]',
			'{x}',
			'(',
			')',
			'--',
			'/*',
			'*/',
			';',
			'--x\n',
			'é',
			'e\u0301',
			'😀',
			'\u202e',
			'\ufeff',
		],
		...[' x ', 'true', 'x".y', "''", '\u2028', '\x7f', '\x85', 'AND', "' OR ''='"],
	),
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc.string({ maxLength: 20 }),
);

const number = fc.oneof(
	fc.constantFrom(0, -0, 1, 0.1, 1e-7, 1e21, 5e-324, Number.MAX_VALUE, 123456789012345680, -1.5),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.integer(),
);
const range = fc.record({ min: number, max: number }, { requiredKeys: [] });
const texts = fc.array(anyText, { maxLength: 4 });
const name = anyText.filter((text) => text !== '' && !RESERVED.includes(text));
const prm = fc.dictionary(name, fc.oneof(range, texts), { maxKeys: 3, noNullPrototype: true });
const regex = fc.constantFrom(
	'^Res',
	'Net$',
	'a|b',
	"[A-Z]'+",
	'\\d{2,}',
	'',
	'.',
	'\\\\',
	'(x)+"',
);

function conditions(depth: number): fc.Arbitrary<Conditions> {
	const leaf = {
		...{ task: texts, dataset: texts, metric: texts, nn: texts, nnPrefix: texts, nnFamily: texts },
		nnRegex: regex,
		transform: texts,
		source: fc.array(fc.constantFrom(...SOURCES), { maxLength: 2 }),
		...{ epoch: range, accuracy: range, duration: range, prm },
	};
	const sparse = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
		fc.record(model, { requiredKeys: [], noNullPrototype: true });
	const some = fc
		.tuple(sparse(leaf), fc.subarray(Object.keys(leaf), { maxLength: 4 }))
		.map(([all, keys]) =>
			Object.fromEntries(Object.entries(all).filter(([k]) => keys.includes(k))),
		);
	if (depth === 0) return some as fc.Arbitrary<Conditions>;
	const members = fc.array(conditions(depth - 1), { maxLength: 3 });
	return fc
		.tuple(some, fc.option(members, { nil: undefined }), fc.option(members, { nil: undefined }))
		.map(([leaves, any, not]) => ({
			...leaves,
			...(any ? { any } : {}),
			...(not ? { not } : {}),
		})) as fc.Arbitrary<Conditions>;
}

/** Any filter that the schema admits, nested up to three levels. */
export const anyFilter: fc.Arbitrary<Filter> = fc
	.tuple(
		fc.oneof(conditions(0), conditions(1), conditions(2), conditions(3)),
		fc.option(fc.constantFrom(...BEST), { nil: undefined }),
	)
	.map(([filter, best]) => ({ ...filter, ...(best ? { best } : {}) }));

const column = fc.oneof(
	fc.constantFrom(...BASE_COLUMNS),
	name.map((text): ColumnId => `prm.${text}`),
);
const count = fc.integer({ min: 0, max: 1000 });
const row = fc.record(
	{
		...{ task: anyText, dataset: anyText, metric: anyText, nn: anyText },
		epoch: count,
		uid: anyText,
		repeat: count,
	},
	{ noNullPrototype: true },
);
const viewport = fc
	.tuple(number, number, number, number)
	.filter(([xMin, xMax, yMin, yMax]) => xMin < xMax && yMin < yMax)
	.map(([xMin, xMax, yMin, yMax]) => ({ xMin, xMax, yMin, yMax }));
const board = fc.record(
	{ task: anyText, dataset: anyText, metric: anyText },
	{ noNullPrototype: true },
);
const setup = fc.record(
	{
		...{ dataset: name, nn: name, transform: name },
		epochs: fc.integer({ min: 1, max: 10_000 }),
		seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
		epochLimitMinutes: fc.double({ min: 0, max: 1e6, noNaN: true }),
		gate: fc.boolean(),
		trainLimit: fc.integer({ min: 1, max: 1e8 }),
		testLimit: fc.integer({ min: 1, max: 1e8 }),
		prm: fc.dictionary(fc.stringMatching(/^[A-Za-z]\w{0,8}$/), number, {
			...{ minKeys: 1, maxKeys: 4, noNullPrototype: true },
		}),
	},
	{ requiredKeys: [], noNullPrototype: true },
);
const look = fc.record(
	{
		plot: fc.constantFrom(...STUDY_PLOT_IDS),
		states: fc.subarray([...TRIAL_STATES], { minLength: 1 }),
		tag: fc.string({ minLength: 1, maxLength: 9 }),
		improving: fc.constant(true as const),
		text: fc.string({ minLength: 1, maxLength: 9 }),
		sort: fc.record(
			{ by: fc.string({ minLength: 1, maxLength: 9 }), descending: fc.boolean() },
			{ noNullPrototype: true },
		),
		page: fc.nat(99),
		trial: fc.nat(9_999),
	},
	{ requiredKeys: [], noNullPrototype: true },
);
const hash = fc.stringMatching(/^[0-9a-f]{12}$/);

/** Any state that `viewSchema` admits, of a size that a link can hold. */
export const anyView = fc.record(
	{
		snapshot: fc.record(
			{ version: anyText, hash },
			{ requiredKeys: ['version'], noNullPrototype: true },
		),
		filter: anyFilter,
		view: fc.constantFrom(...VIEWS),
		sort: fc.uniqueArray(
			fc.record({ column, descending: fc.boolean() }, { noNullPrototype: true }),
			{
				maxLength: 3,
				selector: (key) => key.column,
			},
		),
		columns: fc.uniqueArray(column, { maxLength: 6 }),
		groupBy: fc.subarray([...GROUP_FIELDS]),
		curveBy: fc.constantFrom(...CURVE_BY),
		curveBand: fc.constantFrom(...CURVE_BANDS),
		curveTop: fc.integer({ min: 1, max: 50 }),
		...{ x: column, y: column, xLog: fc.boolean(), yLog: fc.boolean(), viewport, row },
		plot: fc.constantFrom(...PLOT_IDS),
		plotMode: fc.constantFrom(...PLOT_MODES),
		...{ plotBoard: board, plotMetric: anyText, plotWindow: viewport },
		plotTop: fc.integer({ min: 1, max: 1000 }),
		plotPrm: fc.uniqueArray(anyText, { maxLength: 3 }),
		plotEvaluator: fc.constantFrom(...EVALUATORS),
		...{ report: fc.constantFrom(...REPORT_KINDS), reportPictures: fc.boolean() },
		train: setup,
		pins: fc.array(row, { maxLength: 3 }),
		sql: anyText,
		study: anyText,
		look,
		theme: fc.constantFrom(...THEMES),
		lang: fc.constantFrom('en', 'de', 'zh-Hans'),
	},
	{
		requiredKeys: [
			...(['snapshot', 'filter', 'view', 'sort', 'groupBy', 'curveBy', 'curveBand'] as const),
			...(['curveTop', 'x', 'y', 'xLog', 'yLog', 'pins'] as const),
		],
		noNullPrototype: true,
	},
) as fc.Arbitrary<ViewState>;
