/** Oracle runner of acc.json. */
import * as v from 'valibot';
import { expectEqual } from '../../../scripts/oracles/expect';
import { nestedValues } from '../../../scripts/oracles/nested';
import type { OracleFile } from '../../../scripts/oracles/types';
import { AccAccumulator } from './acc';

const counts = v.tuple([v.number(), v.number()]);
const format = v.looseObject({
	cases: v.array(
		v.looseObject({
			name: v.string(),
			updates: v.array(
				v.looseObject({
					outputs: v.unknown(),
					targets: v.unknown(),
					returned: counts,
					result_after: v.number(),
				}),
			),
			final: v.number(),
			correct: v.number(),
			total: v.number(),
		}),
	),
	empty: v.looseObject({
		result_without_update: v.number(),
		after_empty_batch: v.looseObject({ returned: counts, result: v.number() }),
	}),
});

const acc: OracleFile = {
	area: 'metrics',
	file: 'acc.json',
	*cases(json) {
		const { cases, empty } = v.parse(format, json);
		for (const { name, updates, ...end } of cases)
			yield {
				name,
				run() {
					const metric = new AccAccumulator();
					for (const { outputs, targets, returned, result_after } of updates) {
						metric.update({ outputs: nestedValues(outputs), labels: nestedValues(targets) });
						expectEqual([metric.correct, metric.total], returned, 'returned');
						expectEqual(metric.value(), result_after, 'result after');
					}
					expectEqual(metric.value(), end.final, 'final');
					expectEqual([metric.correct, metric.total], [end.correct, end.total], 'counts');
				},
			};
		yield {
			name: 'empty',
			run() {
				const metric = new AccAccumulator();
				expectEqual(metric.value(), empty.result_without_update, 'without update');
				metric.update({ outputs: { data: [], shape: [0, 10] }, labels: { data: [], shape: [0] } });
				const { returned, result } = empty.after_empty_batch;
				expectEqual([metric.correct, metric.total], returned, 'returned');
				expectEqual(metric.value(), result, 'after an empty batch');
			},
		};
	},
};

export const oracles = [acc];
