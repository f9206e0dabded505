/** Oracle runner of clip.json. */
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import { nestedValues } from '../../../scripts/oracles/nested';
import type { OracleFile } from '../../../scripts/oracles/types';
import { ClipAccumulator } from './clip';

const format = v.looseObject({
	updates: v.array(
		v.looseObject({
			logits_per_image: v.unknown(),
			result_after: v.number(),
			num_samples: v.number(),
		}),
	),
	final: v.number(),
	ignored_inputs: v.looseObject({ result_without_update: v.number() }),
});

const SINGLE = { relative: 1e-6 };

const clip: OracleFile = {
	area: 'metrics',
	file: 'clip.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		const metric = new ClipAccumulator();
		for (const [i, update] of oracle.updates.entries())
			yield {
				name: `update ${i + 1}`,
				run() {
					metric.update({ logitsPerImage: nestedValues(update.logits_per_image) });
					expectEqual(metric.images, update.num_samples, 'images');
					expectClose(metric.value(), update.result_after, SINGLE, 'result after');
				},
			};
		yield { name: 'final', run: () => expectClose(metric.value(), oracle.final, SINGLE) };
		yield {
			name: 'empty batch',
			run() {
				const empty = new ClipAccumulator();
				expectEqual(empty.value(), oracle.ignored_inputs.result_without_update, 'no update');
				empty.update({ logitsPerImage: { data: [], shape: [0, 0] } });
				expectEqual([empty.value(), empty.images], [0, 0], 'no change');
			},
		};
	},
};

export const oracles = [clip];
