/** Oracle runner of encoding.json: how compactly the release of its name is coded. */
import type { Database } from 'sql.js';
import * as v from 'valibot';
import { expectEqual, Mismatch } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import type { Mirror } from './mirror';
import { openVersion } from '../../../scripts/stat-db/open-version';

const format = v.looseObject({
	version: v.string(),
	trials: v.number(),
	runs: v.number(),
	run_rows: v.number(),
	configs: v.number(),
	nets: v.number(),
	transforms: v.number(),
	uid: v.looseObject({
		uids: v.number(),
		sorted: v.number(),
		not_reproduced: v.number(),
	}),
	accuracy_exactness: v.record(
		v.string(),
		v.looseObject({
			trials: v.number(),
			denominator: v.nullable(v.number()),
			exact_numerator_over_denominator: v.number(),
		}),
	),
});

type Format = v.InferOutput<typeof format>;

const encoding: OracleFile = {
	area: 'stats',
	file: 'encoding.json',
	async *cases(json) {
		const oracle = v.parse(format, json);
		const opened = await openVersion(oracle.version);
		if (!opened) {
			yield {
				name: oracle.version,
				skip: 'neither static/stat-db nor WHEELS_DIR has this version',
			};
			return;
		}
		const { db, mirror } = opened;
		yield* countCases(db, oracle);
		yield* uidCases(db, mirror, oracle);
		yield* exactnessCases(db, oracle);
	},
};

export const oracles = [encoding];

function* countCases(db: Database, oracle: Format): Iterable<OracleCase> {
	const counts = {
		trials: 'FROM trial',
		runs: 'FROM trial_run WHERE repeat IS NULL',
		run_rows: 'FROM trial_run',
		configs: 'FROM config',
		nets: 'FROM dim_nn',
		transforms: 'FROM dim_transform',
	} as const;
	for (const [name, from] of Object.entries(counts) as [keyof typeof counts, string][]) {
		const actual = one(db, `SELECT count(*) ${from}`);
		yield { name, run: () => expectEqual(actual, oracle[name], name) };
	}
}

/** Distinct uids by how they are coded. More than the oracle found may be computable. */
function* uidCases(
	db: Database,
	{ uidText }: Mirror,
	{ uid: expected }: Format,
): Iterable<OracleCase> {
	const codes = db.exec('SELECT uid FROM trial_run ORDER BY id')[0]?.values ?? [];
	const uids = new Map(codes.map(([code], run) => [uidText(run), code]));
	const sorted = [...uids.values()].filter((code) => code === 0).length;
	const stored = [...uids.values()].filter((code) => typeof code !== 'number').length;
	yield { name: 'uids', run: () => expectEqual(uids.size, expected.uids) };
	yield { name: 'uids in key order', run: () => expectEqual(sorted, expected.sorted) };
	yield {
		name: 'uids that have to be stored',
		run: () => {
			if (stored > expected.not_reproduced)
				throw new Mismatch(`${stored} uids are stored, the oracle ${expected.not_reproduced}`);
		},
	};
}

function* exactnessCases(
	db: Database,
	{ accuracy_exactness }: Format,
): Iterable<OracleCase | SkippedCase> {
	const rows = db.exec(`SELECT t.task || '|' || t.dataset || '|' || t.metric, count(*),
		max(t.denominator), sum(typeof(e.accuracy) = 'integer')
		FROM trial e JOIN trial_run r ON r.id = e.run JOIN config c ON c.id = r.config
		JOIN dim_task t ON t.id = c.task GROUP BY t.id`)[0]?.values;
	const found = new Map(rows?.map(([name, ...values]) => [name, values]));
	for (const [name, expected] of Object.entries(accuracy_exactness)) {
		const { trials, denominator, exact_numerator_over_denominator } = expected;
		yield {
			name,
			run: () =>
				expectEqual(found.get(name), [trials, denominator, exact_numerator_over_denominator], name),
		};
	}
}

function one(db: Database, sql: string): number {
	return Number(db.exec(sql)[0]?.values[0]?.[0]);
}
