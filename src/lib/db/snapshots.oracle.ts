/** Oracle runner of snapshots.json: what two releases hold, counted from the shipped snapshots. */
import * as v from 'valibot';
import { expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { openVersion, type OpenVersion } from '../../../scripts/stat-db/open-version';
import type { Mirror } from './mirror';
import { groupFacts, trainFacts, type Facts } from './snapshots.oracle-facts';
import { oddityFacts, parameterFacts, parameterValues } from './snapshots.oracle-parameters';

const facts = v.record(v.string(), v.unknown());
const format = v.looseObject({
	versions: v.record(
		v.string(),
		v.looseObject({
			train: v.looseObject({
				trials: v.number(),
				epoch_counts: v.optional(facts),
				transforms: v.optional(facts),
				groups: v.optional(
					v.array(v.looseObject({ task: v.string(), dataset: v.string(), metric: v.string() })),
				),
				parameters: v.optional(v.record(v.string(), facts)),
				key_sets: v.optional(v.array(v.object({ keys: v.array(v.string()), count: v.number() }))),
				oddities: v.optional(facts),
			}),
			run: v.nullish(v.looseObject({ files: v.number(), models: v.optional(v.number()) })),
		}),
	),
});

type Version = v.InferOutput<typeof format>['versions'][string];
type Case = OracleCase | SkippedCase;

const snapshots: OracleFile = {
	area: 'stats',
	file: 'snapshots.json',
	async *cases(json) {
		for (const [version, oracle] of Object.entries(v.parse(format, json).versions)) {
			const opened = await openVersion(version);
			if (!opened) {
				yield { name: version, skip: 'neither static/stat-db nor WHEELS_DIR has this version' };
				continue;
			}
			const { db, mirror, report } = opened;
			const [devices] = db.exec('SELECT count(*), count(DISTINCT model_name) FROM run');
			yield* trainCases(version, oracle.train, mirror);
			yield* reportCases(version, oracle.train, report);
			if (oracle.run)
				yield equalCase(`${version} device runs`, devices?.values[0], [
					oracle.run.files,
					oracle.run.models ?? oracle.run.files,
				]);
		}
	},
};

export const oracles = [snapshots];

function equalCase(name: string, actual: unknown, expected: unknown): OracleCase {
	return { name, run: () => expectEqual(actual, expected, name) };
}

/** One case for each key of `expected` that `actual` has too. */
function* sameKeys(name: string, actual: Facts, expected: Facts): Iterable<OracleCase> {
	for (const [key, value] of Object.entries(expected)) {
		if (key in actual) yield equalCase(`${name} ${key}`, plain(actual[key]), plain(value));
	}
}

/** Lists of counted things in one order. */
function plain(value: unknown): unknown {
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
	if (!Array.isArray(value)) return value;
	return value.map(plain).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function* trainCases(version: string, train: Version['train'], mirror: Mirror): Iterable<Case> {
	const { groups = [], parameters = {}, key_sets, oddities = {}, ...totals } = train;
	const { epoch_counts = {}, transforms = {}, ...whole } = totals;
	const actual = trainFacts(mirror);
	yield* sameKeys(version, actual, whole);
	// These list some of the epochs and transforms only.
	yield* entryCases(`${version} epoch`, actual['epoch_counts'], epoch_counts);
	yield* entryCases(`${version} transform`, actual['transforms'], transforms);
	if (key_sets) yield* keySetCases(version, actual, key_sets);
	const found = groupFacts(mirror);
	for (const group of groups) {
		const name = [group.task, group.dataset, group.metric].join('|');
		yield* sameKeys(`${version} ${name}`, found.get(name) ?? {}, group);
		yield equalCase(`${version} ${name} is there`, found.has(name), true);
	}
	const values = parameterValues(mirror);
	for (const [key, expected] of Object.entries(parameters)) {
		const known = parameterFacts(values.get(key) ?? new Map(), train.trials);
		yield* sameKeys(`${version} parameter ${key}`, known, expected);
	}
	yield* sameKeys(`${version} oddity`, oddityFacts(mirror), oddities);
}

function* entryCases(name: string, actual: unknown, expected: Facts): Iterable<OracleCase> {
	const found = v.parse(facts, actual);
	for (const [key, count] of Object.entries(expected))
		yield equalCase(`${name} ${key}`, found[key], count);
}

/** The oracle lists the most common sets only. */
function* keySetCases(
	version: string,
	actual: Facts,
	expected: readonly { keys: string[]; count: number }[],
): Iterable<OracleCase> {
	const found = new Map(
		v
			.parse(
				v.array(v.object({ keys: v.array(v.string()), count: v.number() })),
				actual['key_sets'],
			)
			.map(({ keys, count }) => [keys.join(), count]),
	);
	for (const { keys, count } of expected)
		yield equalCase(`${version} key set ${keys.join()}`, found.get([...keys].sort().join()), count);
}

/** What only the builder saw: findings of its report, by the oracle's names. */
const REPORTED = {
	empty_files: 'file with an empty list',
	folders_without_trials: 'folder without any trial',
} as const;

const REPORTED_ODDITIES = {
	objects_with_repeated_json_keys: 'trial with a JSON key twice: the last one counts',
	documents_that_are_not_lists: 'file whose document is not a list: left out',
	accuracy_int_typed: 'accuracy written as a whole number: kept as float',
	files_not_in_descending_accuracy: 'file not sorted by descending accuracy: kept',
	file_stems_not_integers: 'file whose name is not an epoch: left out',
} as const;

function* reportCases(
	version: string,
	train: Version['train'],
	report: OpenVersion['report'],
): Iterable<Case> {
	const counts = new Map(report.map(({ finding, count }) => [finding, count]));
	const numbers = (expected: Facts, names: Readonly<Record<string, string>>) =>
		Object.entries(names).flatMap(([key, finding]) => {
			const value = expected[key];
			if (value === undefined) return [];
			const count = Array.isArray(value) ? value.length : value;
			return [equalCase(`${version} report ${key}`, counts.get(finding) ?? 0, count)];
		});
	yield* numbers(train, REPORTED);
	yield* numbers(train.oddities ?? {}, REPORTED_ODDITIES);
}
