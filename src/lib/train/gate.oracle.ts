/** Oracle runner of gate.json. */
import * as v from 'valibot';
import { expectEqual } from '../../../scripts/oracles/expect';
import type { OracleFile } from '../../../scripts/oracles/types';
import { accuracyToTime, gateThreshold, passesGate } from './gate';

const format = v.looseObject({
	rows: v.array(
		v.looseObject({
			accuracy: v.number(),
			minimum: v.nullable(v.number()),
			threshold: v.number(),
			good: v.boolean(),
			duration_ns: v.number(),
			accuracy_to_time: v.number(),
		}),
	),
});

const gate: OracleFile = {
	area: 'metrics',
	file: 'gate.json',
	*cases(json) {
		for (const row of v.parse(format, json).rows) {
			const { accuracy, minimum, duration_ns } = row;
			yield {
				name: `${accuracy} against ${minimum}, ${duration_ns} ns`,
				run() {
					expectEqual(gateThreshold(minimum), row.threshold, 'threshold');
					expectEqual(passesGate(accuracy, minimum), row.good, 'good');
					const speed = accuracyToTime(accuracy, minimum, duration_ns);
					expectEqual(speed, row.accuracy_to_time, 'accuracy to time');
				},
			};
		}
	},
};

export const oracles = [gate];
