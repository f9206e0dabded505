/** Oracle runner of paper_table.json: the best row of each of the paper's 46 nets, by release. */
import type { Database } from 'sql.js';
import * as v from 'valibot';
import { expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { openVersion } from '../../../scripts/stat-db/open-version';

const bestSchema = v.looseObject({
	best: v.number(),
	rounded: v.number(),
	match: v.string(),
	epoch: v.number(),
	transform: v.string(),
	batch: v.number(),
	lr: v.number(),
	trials: v.number(),
	rows_above: v.number(),
});
const rowSchema = v.looseObject({
	task: v.string(),
	dataset: v.string(),
	metric: v.string(),
	nn: v.string(),
	paper: v.number(),
	versions: v.record(v.string(), v.nullable(bestSchema)),
});
const format = v.looseObject({
	versions: v.record(v.string(), v.looseObject({ trials: v.number() })),
	score: v.optional(v.record(v.string(), v.record(v.string(), v.number()))),
	rows: v.array(rowSchema),
});

type Row = v.InferOutput<typeof rowSchema>;
type Best = v.InferOutput<typeof bestSchema>;

const paperTable: OracleFile = {
	area: 'stats',
	file: 'paper_table.json',
	async *cases(json) {
		const { versions, rows } = v.parse(format, json);
		for (const [version, { trials }] of Object.entries(versions)) {
			const opened = await openVersion(version);
			if (!opened) {
				yield { name: version, skip: 'neither static/stat-db nor WHEELS_DIR has this version' };
				continue;
			}
			const { db } = opened;
			const [[total] = []] = select(db, 'SELECT count(*) FROM stat');
			yield equalCase(`${version} trials`, total, trials);
			for (const row of rows) yield* rowCases(version, db, row);
		}
	},
};

export const oracles = [paperTable];

function* rowCases(version: string, db: Database, row: Row): Iterable<OracleCase | SkippedCase> {
	const expected = row.versions[version];
	if (!expected) return;
	yield equalCase(`${version} ${row.nn}`, bestOf(db, row), {
		best: expected.best,
		rounded: expected.rounded,
		match: expected.match,
		epoch: expected.epoch,
		transform: expected.transform,
		batch: expected.batch,
		lr: expected.lr,
		trials: expected.trials,
		rows_above: expected.rows_above,
	});
}

function bestOf(db: Database, { task, dataset, metric, nn, paper }: Row): Best {
	const where = 'FROM stat WHERE task = ? AND dataset = ? AND metric = ? AND nn = ?';
	const rows = select(
		db,
		`SELECT accuracy, epoch, transform, id ${where} ORDER BY accuracy DESC, epoch LIMIT 1`,
		[task, dataset, metric, nn],
	);
	const all = select(db, `SELECT accuracy ${where}`, [task, dataset, metric, nn]).map(([a]) =>
		roundHalfUp(Number(a)),
	);
	const [best, epoch, transform, id] = rows[0] ?? [];
	// The file's own id is run-<run>-<epoch>; the view prm would be scanned for each net.
	const [, run = ''] = String(id).split('-');
	const [[batch, lr] = []] = select(db, 'SELECT batch, lr FROM trial_run WHERE id = ?', [run]);
	const rounded = roundHalfUp(Number(best));
	return {
		best: Number(best),
		rounded,
		match: rounded === paper ? 'equal' : rounded > paper ? 'higher' : 'lower',
		epoch: Number(epoch),
		transform: String(transform),
		batch: Number(batch),
		lr: Number(lr),
		trials: all.length,
		rows_above: all.filter((accuracy) => accuracy > paper).length,
	};
}

/** To the four decimals that the paper prints. */
function roundHalfUp(accuracy: number): number {
	return Math.floor(accuracy * 1e4 + 0.5) / 1e4;
}

function select(db: Database, sql: string, values: string[] = []) {
	return db.exec(sql, values)[0]?.values ?? [];
}

function equalCase(name: string, actual: unknown, expected: unknown): OracleCase {
	return { name, run: () => expectEqual(actual, expected, name) };
}
