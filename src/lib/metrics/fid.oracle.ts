/** Oracle runner of fid.json. */
import * as v from 'valibot';
import {
	expectClose,
	expectEqual,
	expectError,
	oracleNumber,
	type Tolerance,
} from '../../../scripts/oracles/expect';
import { nestedValues } from '../../../scripts/oracles/nested';
import type { OracleFile } from '../../../scripts/oracles/types';
import { FidAccumulator } from './fid';
import { MetricError } from './metric';

const rows = v.array(v.array(v.array(v.number())));
const format = v.looseObject({
	cases: v.array(
		v.looseObject({
			name: v.string(),
			real: rows,
			fake: rows,
			result: v.union([v.number(), v.object({ raises: v.string() })]),
		}),
	),
	empty: v.looseObject({ result_without_features: v.string() }),
});
type Rows = v.InferOutput<typeof rows>;

const fid: OracleFile = {
	area: 'metrics',
	file: 'fid.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		for (const { name, real, fake, result } of oracle.cases)
			yield {
				name,
				run() {
					const metric = new FidAccumulator();
					for (const [i, batch] of real.entries())
						metric.update({ real: nestedValues(batch), fake: nestedValues(fake[i]) });
					if (typeof result === 'number')
						return expectClose(metric.value(), result, toleranceFor(real, fake));
					const error = expectError(() => metric.value(), result.raises);
					expectEqual(error instanceof MetricError, true, 'error in words');
				},
			};
		yield {
			name: 'empty',
			run: () =>
				expectEqual(
					new FidAccumulator().value(),
					oracleNumber(oracle.empty.result_without_features),
				),
		};
	},
};

/** SciPy's root of a singular matrix is good to few digits; 0 comes out as a rounding error. */
function toleranceFor(real: Rows, fake: Rows): Tolerance {
	const features = real[0]?.[0]?.length ?? 0;
	const singular = [real, fake].some((side) => side.flat().length <= features);
	return { relative: 1e-6, absolute: singular ? 1e-5 : 1e-12 };
}

export const oracles = [fid];
