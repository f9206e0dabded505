/** nn-stat's figures of wheel 1.2.2, read back from our tables: ranks, frontiers, intervals, densities. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from '../../../../scripts/oracles/expect';
import { openVersion } from '../../../../scripts/stat-db/open-version';
import type { TaskInfo, TrialColumns } from '../columns';
import { matchTrials } from '../match';
import { allRows } from './bad-input';
import { ciBar } from './ci-bar';
import { density } from './density';
import { numbersOf, textsOf } from './figure-reading';
import { pareto } from './pareto';
import type { Figure, PlotRows } from './plot';
import { rank } from './rank';

const board = { task: v.string(), dataset: v.string(), metric: v.string() };
const point = v.looseObject({ duration: v.number(), accuracy: v.number() });
const schema = v.looseObject({
	versions: v.looseObject({
		'1.2.2': v.looseObject({
			ci95: v.array(
				v.looseObject({
					...board,
					nn: v.string(),
					n: v.number(),
					mean: v.number(),
					low: v.number(),
					high: v.number(),
				}),
			),
			kde: v.array(
				v.looseObject({
					...board,
					nn: v.string(),
					n: v.number(),
					median: v.number(),
					points: v.array(v.looseObject({ i: v.number(), x: v.number(), factor_1: v.number() })),
				}),
			),
			pareto: v.array(
				v.looseObject({
					...board,
					as_drawn: v.looseObject({
						top_models: v.array(v.looseObject({ nn: v.string(), points: v.number() })),
						frontier: v.array(point),
					}),
					all_rows: v.looseObject({
						rows: v.number(),
						frontier: v.array(
							v.looseObject({ ...point.entries, nn: v.string(), epoch: v.number() }),
						),
					}),
				}),
			),
			rank: v.array(
				v.looseObject({
					task: v.string(),
					models: v.array(v.string()),
					datasets: v.array(v.string()),
					cells: v.array(
						v.looseObject({
							dataset: v.string(),
							nn: v.string(),
							rank: v.number(),
							mean_best_per_run: v.number(),
							runs: v.number(),
						}),
					),
				}),
			),
		}),
	}),
});

const path = new URL('../../../../tests/oracles/stats/aggregates.json', import.meta.url);
const oracle = v.parse(schema, JSON.parse(await readFile(path, 'utf8'))).versions['1.2.2'];
let columns: TrialColumns;
let all: PlotRows;

beforeAll(async () => {
	const opened = await openVersion('1.2.2');
	if (!opened) throw new Error('static/stat-db lacks 1.2.2: run npm run stat-db.');
	columns = opened.mirror.columns;
	all = allRows(columns);
}, 60_000);

const rowsOfNet = ({ task, dataset, metric, nn }: TaskInfo & { nn: string }): PlotRows => ({
	columns,
	ids: matchTrials(columns, { task: [task], dataset: [dataset], metric: [metric], nn: [nn] }).ids,
});

/** Rows of a figure's table with one text, as objects of its numbers. */
function shownAs(figure: Figure, what: string) {
	const nets = textsOf(figure, 'Net');
	const [, , , , score] = figure.table;
	const [epochs, times, scores] = ['Epoch', 'Time so far', score?.title ?? ''].map((title) =>
		numbersOf(figure, title),
	);
	return textsOf(figure, 'Shown as').flatMap((one, i) =>
		one === what
			? [{ nn: nets[i], epoch: epochs?.[i], duration: times?.[i], accuracy: scores?.[i] }]
			: [],
	);
}

describe('nn-stat 1.2.2', () => {
	it.each(oracle.rank)('ranks of $task', ({ task, models, datasets, cells }) => {
		const shown = columns.tasks.find((one) => one.task === task)!;
		const figure = rank.draw(all, { board: shown, mode: 'lemur' });
		expect(figure.layout.yaxis?.ticktext).toEqual(models);
		expect(figure.layout.xaxis?.ticktext).toEqual(datasets);
		const corrected = rank.draw(all, { board: shown });
		for (const one of [figure, corrected]) {
			const [nets, sets] = [textsOf(one, 'Net'), textsOf(one, 'Dataset')];
			expect(nets).toHaveLength(cells.length);
			for (const cell of cells) {
				const at = nets.findIndex((nn, i) => nn === cell.nn && sets[i] === cell.dataset);
				expect(numbersOf(one, 'Rank')[at]).toBe(cell.rank);
				expect(numbersOf(one, 'Runs')[at]).toBe(cell.runs);
				expectClose(numbersOf(one, 'Mean best per run')[at]!, cell.mean_best_per_run);
			}
		}
	});

	it.each(oracle.pareto)('frontier of $dataset as drawn', ({ as_drawn, ...one }) => {
		const figure = pareto.draw(all, { board: one, mode: 'lemur' });
		const frontier = shownAs(figure, 'frontier');
		expect(frontier.map(({ duration, accuracy }) => ({ duration, accuracy }))).toEqual(
			as_drawn.frontier,
		);
		// nn-stat also tells apart trainings that differ in the planned number of epochs only; a net
		// has then further points, never a higher one.
		const nets = shownAs(figure, 'best net').map(({ nn }) => nn);
		expect(new Set(nets)).toEqual(new Set(as_drawn.top_models.map(({ nn }) => nn)));
		const counts = as_drawn.top_models.map(({ nn, points }) => ({
			points,
			ours: nets.filter((name) => name === nn).length,
		}));
		for (const { points, ours } of counts) expect(points - ours).toBeOneOf([0, 1]);
		expect(counts.filter(({ points, ours }) => points === ours).length).toBeGreaterThanOrEqual(
			counts.length * 0.7,
		);
	});

	it.each(oracle.pareto)('frontier of $dataset over all rows', ({ all_rows, ...one }) => {
		const figure = pareto.draw(all, { board: one });
		expect(figure.used).toBe(all_rows.rows);
		expect(shownAs(figure, 'frontier')).toEqual(
			all_rows.frontier.map(({ nn, epoch, duration, accuracy }) => ({
				nn,
				epoch,
				duration,
				accuracy,
			})),
		);
	});

	it.each(oracle.ci95)('interval of $nn on $dataset', (net) => {
		const figure = ciBar.draw(rowsOfNet(net), {});
		if (net.n < 5) return expect(figure.empty).toContain('5 runs');
		expect(numbersOf(figure, 'Runs')).toEqual([net.n]);
		expectClose(numbersOf(figure, 'Mean best per run')[0]!, net.mean);
		expectClose(numbersOf(figure, '95 % from')[0]!, net.low, { relative: 1e-9 });
		expectClose(numbersOf(figure, '95 % to')[0]!, net.high, { relative: 1e-9 });
	});

	it.each(oracle.kde)('density of $nn on $dataset', (net) => {
		const figure = density.draw(rowsOfNet(net), {});
		expect(numbersOf(figure, 'Runs')[0]).toBe(net.n);
		expectClose(numbersOf(figure, 'Median')[0]!, net.median);
		const [x, y] = [numbersOf(figure, 'Best of a run'), numbersOf(figure, 'Density')];
		expect(x).toHaveLength(300);
		for (const one of net.points) {
			expectClose(x[one.i]!, one.x);
			expectClose(y[one.i]!, one.factor_1, { relative: 1e-9 });
		}
	});
});
