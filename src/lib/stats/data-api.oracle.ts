/** Oracle runner of data_api.json: LEMUR's `data()` and its small companions on whole releases. */
import type { Database } from 'sql.js';
import * as v from 'valibot';
import { expectEqual, Mismatch } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase, Wheel } from '../../../scripts/oracles/types';
import { openVersion } from '../../../scripts/stat-db/open-version';
import type { Mirror } from '../db/mirror';
import { dataRowObjects } from '../scripting/rows';
import { dataRows, type DataArguments, type DataRows } from './data-api';
import { prmObject, rowTexts, sha256Lines, sumExactly } from './data-api.oracle-text';
import {
	codeIdLines,
	codeLines,
	configurations,
	deviceRunLines,
	passedTrials,
} from './data-api.oracle-questions';
import { compareText } from './text-order';

const hash = v.string();
const result = v.looseObject({
	columns: v.array(v.string()),
	rows: v.number(),
	sum_accuracy: v.number(),
	sum_duration: v.union([v.string(), v.number()]),
	missing_duration: v.number(),
	sha256: hash,
	sha256_core: hash,
	sha256_keys: hash,
	sha256_ids: v.optional(hash),
	sha256_code_ids: v.optional(hash),
	sha256_prm_without_epoch: v.optional(hash),
	prm_keys: v.optional(v.array(v.string())),
	first3: v.array(v.looseObject({})),
	codes: v.optional(v.looseObject({ sha256_codes: v.optional(hash) })),
});
const callArgs = v.strictObject({
	only_best_accuracy: v.optional(v.boolean()),
	task: v.optional(v.string()),
	dataset: v.optional(v.string()),
	metric: v.optional(v.string()),
	nn: v.optional(v.string()),
	epoch: v.optional(v.union([v.number(), v.string()])),
	max_rows: v.optional(v.nullable(v.number())),
	nn_prefixes: v.optional(v.array(v.string())),
	/** 1.2.2 has the argument and does not read it */
	cast_prm: v.optional(v.boolean()),
});
const call = v.looseObject({
	id: v.string(),
	args: v.record(v.string(), v.unknown()),
	note: v.optional(v.string()),
	error: v.optional(v.looseObject({ type: v.string() })),
	result: v.optional(result),
});
const versionSchema = v.looseObject({
	calls: v.array(call),
	unique_configs: v.array(
		v.looseObject({ pattern: v.array(v.string()), rows: v.number(), sha256: hash }),
	),
	remaining_trials: v.array(
		v.looseObject({
			config: v.tuple([v.string(), v.string(), v.string(), v.string(), v.number()]),
			n: v.number(),
			remaining_passed: v.tuple([v.number(), v.number()]),
		}),
	),
	supported_transformers: v.looseObject({ count: v.number(), sha256_sorted_names: hash }),
	ambiguous_prm_epoch: v.optional(v.array(v.looseObject({ uid: v.string() }))),
	join_calls: v.optional(v.array(v.unknown())),
	run_data_calls: v.optional(
		v.array(
			v.looseObject({
				id: v.string(),
				args: v.strictObject({
					model_name: v.optional(v.string()),
					device_type: v.optional(v.string()),
					max_rows: v.optional(v.nullable(v.number())),
				}),
				result: v.looseObject({ rows: v.number(), sum_duration: v.string(), sha256: hash }),
			}),
		),
	),
});
const format = v.looseObject({ versions: v.record(v.string(), versionSchema) });

type Version = v.InferOutput<typeof versionSchema>;
type Call = v.InferOutput<typeof call>;
type Result = v.InferOutput<typeof result>;

interface Opened {
	readonly version: string;
	readonly oracle: Version;
	readonly db: Database;
	readonly mirror: Mirror;
	readonly wheel: Wheel | null;
}

const dataApi: OracleFile = {
	area: 'stats',
	file: 'data_api.json',
	async *cases(json, context) {
		for (const [version, oracle] of Object.entries(v.parse(format, json).versions)) {
			const release = await openVersion(version);
			if (!release) {
				yield { name: version, skip: 'neither static/stat-db nor WHEELS_DIR has this version' };
				continue;
			}
			const wheel = await context.wheel(version);
			const opened = { version, oracle, wheel, ...release };
			for (const one of oracle.calls) yield* callCases(opened, one);
			yield* companionCases(opened);
		}
	},
};

export const oracles = [dataApi];

function* callCases(opened: Opened, one: Call): Iterable<OracleCase | SkippedCase> {
	const name = `data ${one.id} ${JSON.stringify(one.args)}`;
	const { result, error } = one;
	if (error)
		yield {
			name: `${name}: LEMUR raises ${error.type}, this answers`,
			run: () => expectEqual(dataRows(opened.mirror, argumentsOf(one)).rows > 0, true),
		};
	if (!result) return;
	yield {
		name,
		run: () => checkCall(opened, result, dataRows(opened.mirror, argumentsOf(one)), !!one.note),
	};
	yield {
		name: `${name} columns`,
		run: () => {
			const first = dataRows(opened.mirror, { ...argumentsOf(one), maxRows: 1 });
			return checkColumns(first, result.columns);
		},
	};
	const codeIds = result.sha256_code_ids;
	if (codeIds && !one.note)
		yield {
			name: `${name} sha256_code_ids`,
			run: () => {
				const lines = codeIdLines(opened.db, dataRows(opened.mirror, argumentsOf(one)));
				expectEqual(sha256Lines(lines), codeIds);
			},
		};
	const { wheel } = opened;
	const codes = result.codes?.sha256_codes;
	// Where LIMIT chose the rows, it chose the nets too.
	if (!codes || one.note) return;
	if (!wheel)
		yield { name: `${name} sha256_codes`, skip: 'source code needs the wheel in WHEELS_DIR' };
	else
		yield {
			name: `${name} sha256_codes`,
			run: async () => {
				const lines = await codeLines(wheel, dataRows(opened.mirror, argumentsOf(one)));
				expectEqual(sha256Lines(lines), codes);
			},
		};
}

/** Ids that 2.1.2's frames repeat beside the names; design.md's `data()` leaves them out. */
const NOT_TAKEN_OVER: ReadonlySet<string> = new Set(
	'id metric_id nn_id prm_id transform_id'.split(' '),
);

/** LEMUR gives a frame without columns where there are no rows. */
async function checkColumns(rows: DataRows, lemur: readonly string[]): Promise<void> {
	const [row] = await dataRowObjects(rows);
	const wanted = lemur.filter((name) => !NOT_TAKEN_OVER.has(name));
	expectEqual(Object.keys(row ?? {}).sort(), wanted.sort(), 'columns');
}

function argumentsOf({ args }: Call): DataArguments {
	const read = v.parse(callArgs, args);
	const { only_best_accuracy, max_rows, nn_prefixes, ...rest } = read;
	return {
		...rest,
		...(only_best_accuracy === undefined ? {} : { onlyBestAccuracy: only_best_accuracy }),
		...(max_rows === undefined ? {} : { maxRows: max_rows }),
		...(nn_prefixes === undefined ? {} : { prefixList: nn_prefixes }),
	} as DataArguments;
}

function checkCall(opened: Opened, wanted: Result, rows: DataRows, isCut: boolean): void {
	expectEqual(rows.rows, wanted.rows, 'rows');
	const lines = rowTexts(rows, { prm: 'all' });
	expectEqual(sha256Lines(lines.keys), wanted.sha256_keys, 'sha256_keys');
	checkOrder(rows);
	if (isCut) return;
	expectEqual(sumExactly(rows.accuracy), wanted.sum_accuracy, 'sum_accuracy');
	const known = [...rows.duration].filter((ns) => !Number.isNaN(ns));
	const sum = known.reduce((total, ns) => total + BigInt(ns), 0n);
	expectEqual(String(sum), String(wanted.sum_duration), 'sum_duration');
	expectEqual(rows.rows - known.length, wanted.missing_duration, 'missing_duration');
	expectEqual(sha256Lines(lines.core), wanted.sha256_core, 'sha256_core');
	if (wanted.sha256_ids) expectEqual(sha256Lines(lines.ids), wanted.sha256_ids, 'sha256_ids');
	checkPrm(opened, wanted, rows, lines.full);
}

function checkPrm({ oracle }: Opened, wanted: Result, rows: DataRows, full: string[]): void {
	const keys = new Set(rows.prmSets.flatMap((set) => Object.keys(set)));
	if (wanted.prm_keys)
		expectEqual([...keys].sort(compareText), [...wanted.prm_keys].sort(compareText), 'prm_keys');
	const unclear = new Set(oracle.ambiguous_prm_epoch?.map(({ uid }) => uid));
	if (rows.uid.some((uid) => unclear.has(uid))) {
		const lines = rowTexts(rows, { prm: 'without epoch' }).full;
		expectEqual(sha256Lines(lines), wanted.sha256_prm_without_epoch, 'sha256_prm_without_epoch');
		return;
	}
	expectEqual(sha256Lines(full), wanted.sha256, 'sha256');
	checkFirst(wanted, rows, full);
}

/** The first three rows in the order of their lines, value by value. */
function checkFirst(wanted: Result, rows: DataRows, full: string[]): void {
	const byLine = [...full.keys()].sort((a, b) => compareText(full[a]!, full[b]!));
	for (const [i, expected] of wanted.first3.entries()) {
		const r = byLine[i]!;
		const columns = ['task', 'dataset', 'metric', 'nn', 'epoch', 'accuracy'] as const;
		for (const name of columns) expectEqual(rows[name][r], expected[name], `first3[${i}].${name}`);
		expectEqual({ ...prmObject(rows, r) }, expected['prm'], `first3[${i}].prm`);
		if (expected['prm_id']) expectEqual(rows.uid[r], expected['prm_id'], `first3[${i}].prm_id`);
	}
}

function checkOrder(rows: DataRows): void {
	for (let r = 1; r < rows.rows; r++) {
		const names = ['task', 'dataset', 'metric', 'nn'] as const;
		const order =
			names.map((name) => compareText(rows[name][r - 1]!, rows[name][r]!)).find((o) => o !== 0) ??
			rows.epoch[r - 1]! - rows.epoch[r]!;
		if (order > 0) throw new Mismatch(`row ${r} comes before the row above it`);
	}
}

function* companionCases(opened: Opened): Iterable<OracleCase | SkippedCase> {
	const { version, oracle, db, mirror } = opened;
	for (const { pattern, rows, sha256 } of oracle.unique_configs)
		yield {
			name: `${version} unique_configs ${pattern.join('_')}`,
			run: () => {
				const configs = configurations(db, mirror.columns, pattern);
				expectEqual(configs.length, rows, 'rows');
				expectEqual(sha256Lines(configs), sha256, 'sha256');
			},
		};
	for (const { config, n, remaining_passed } of oracle.remaining_trials)
		yield {
			name: `${version} remaining_trials ${config.join('_')} ${n}`,
			run: () => {
				const passed = passedTrials(mirror.columns, config);
				const remaining = n < 0 ? -n : Math.max(0, n - passed);
				expectEqual([remaining, passed], remaining_passed);
			},
		};
	yield {
		name: `${version} supported_transformers`,
		run: () => {
			const names = db.exec('SELECT name FROM dim_transform')[0]?.values.map(String) ?? [];
			expectEqual(names.length, oracle.supported_transformers.count, 'count');
			expectEqual(sha256Lines(names), oracle.supported_transformers.sha256_sorted_names, 'sha256');
		},
	};
	for (const { id, args, result } of oracle.run_data_calls ?? [])
		yield {
			name: `${version} run_data ${id} ${JSON.stringify(args)}`,
			run: () => {
				const { lines, sum } = deviceRunLines(db, args);
				expectEqual([lines.length, sum], [result.rows, result.sum_duration], 'rows, sum');
				expectEqual(sha256Lines(lines), result.sha256, 'sha256');
			},
		};
	for (const [i] of (oracle.join_calls ?? []).entries())
		yield { name: `${version} join_calls ${i}`, skip: 'similarity joins are not part of data()' };
}
