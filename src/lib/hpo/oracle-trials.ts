/** The form of spaces and trials in the oracles of the search, read into ours. For runners only. */
import * as v from 'valibot';
import { oracleNumber } from '../../../scripts/oracles/expect';
import { inputsOf, spaceOf, type Space } from './space';
import type { Trial } from './trial';

export const oracleValue = v.union([v.string(), v.number(), v.boolean(), v.null()]);

/** A number, or the name of one that JSON lacks. */
export const oracleReal = v.pipe(
	v.union([v.number(), v.string()]),
	v.transform((value: number | string) => oracleNumber(value)),
);

export const oracleDistribution = v.variant('type', [
	v.object({
		type: v.picklist(['float', 'int']),
		low: v.number(),
		high: v.number(),
		step: v.nullable(v.number()),
		log: v.boolean(),
	}),
	v.object({ type: v.literal('categorical'), choices: v.array(oracleValue) }),
]);

export const oracleSpace = v.pipe(
	v.record(v.string(), oracleDistribution),
	v.transform((record) => spaceOf(record)),
);

export const oracleDirection = v.picklist(['minimize', 'maximize']);

export const oracleTrial = v.object({
	number: v.number(),
	state: v.picklist(['COMPLETE', 'PRUNED', 'FAIL', 'RUNNING']),
	value: v.optional(v.nullable(oracleReal)),
	params: v.optional(v.record(v.string(), oracleValue)),
	intermediate: v.optional(v.record(v.string(), oracleReal)),
});

/** @param space which parameters there are; a trial may lack all of them */
export function trialOf(row: v.InferOutput<typeof oracleTrial>, space: Space): Trial {
	const params = row.params ?? {};
	const own = space.filter(({ name }) => Object.hasOwn(params, name));
	const same = own.length === space.length ? space : own;
	return {
		number: row.number,
		state: row.state,
		space: same,
		inputs: inputsOf(same, params),
		values: row.value === undefined || row.value === null ? null : [row.value],
		intermediate: new Map(
			Object.entries(row.intermediate ?? {}).map(([step, value]) => [Number(step), value]),
		),
		start: null,
		end: null,
	};
}
