/** Oracle runner of paper_table.json: the best row of each of the paper's 46 nets, by release. */
import * as v from 'valibot';
import { expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { openVersion } from '../../../scripts/stat-db/open-version';
import type { TrialColumns } from '../stats/columns';
import type { ColumnId } from '../stats/fields';
import { matchTrials } from '../stats/match';
import { readerOf } from '../stats/reader';
import { summarise } from '../stats/summary';

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
			const { columns } = opened.mirror;
			yield equalCase(`${version} trials`, columns.count, trials);
			for (const row of rows) yield* rowCases(version, columns, row);
		}
	},
};

export const oracles = [paperTable];

function* rowCases(
	version: string,
	columns: TrialColumns,
	row: Row,
): Iterable<OracleCase | SkippedCase> {
	const expected = row.versions[version];
	if (!expected) return;
	yield equalCase(`${version} ${row.nn}`, bestOf(columns, row), {
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

function bestOf(columns: TrialColumns, { task, dataset, metric, nn, paper }: Row): Best {
	const conditions = { task: [task], dataset: [dataset], metric: [metric], nn: [nn] };
	const { ids } = matchTrials(columns, conditions);
	const best = summarise(columns, ids, []).best[0] ?? NaN;
	const valueOf = (id: ColumnId) => readerOf(columns, id).at(best);
	const rounded = roundHalfUp(Number(valueOf('accuracy')));
	return {
		best: Number(valueOf('accuracy')),
		rounded,
		match: rounded === paper ? 'equal' : rounded > paper ? 'higher' : 'lower',
		epoch: Number(valueOf('epoch')),
		transform: String(valueOf('transform')),
		batch: Number(valueOf('prm.batch')),
		lr: Number(valueOf('prm.lr')),
		trials: ids.length,
		rows_above: ids.filter((t) => roundHalfUp(columns.accuracy[t] ?? NaN) > paper).length,
	};
}

/** To the four decimals that the paper prints. */
function roundHalfUp(accuracy: number): number {
	return Math.floor(accuracy * 1e4 + 0.5) / 1e4;
}

function equalCase(name: string, actual: unknown, expected: unknown): OracleCase {
	return { name, run: () => expectEqual(actual, expected, name) };
}
