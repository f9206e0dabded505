/** LEMUR's own numbers for the tests of its plots: all rows of a release, and aggregates.json. Test support only. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { openVersion } from '../../../../scripts/stat-db/open-version';
import { aggregatesFormat } from '../aggregates.oracle-format';
import { allRows } from './bad-input';

const orNaN = v.pipe(
	v.nullable(v.number()),
	v.transform((value) => value ?? NaN),
);
const pairFormat = v.optional(v.nullable(v.looseObject({ n: v.number(), pearson: orNaN })));
const drawnFormat = v.looseObject({
	correlation: v.array(
		v.looseObject({
			task: v.string(),
			dataset: v.string(),
			metric: v.string(),
			nn: v.nullable(v.string()),
			epoch: v.nullable(v.number()),
			lr: pairFormat,
			momentum: pairFormat,
			dropout: pairFormat,
			batch: pairFormat,
		}),
	),
	pearson: v.looseObject({ columns: v.array(v.string()), matrix: v.array(v.array(orNaN)) }),
	rolling: v.array(
		v.looseObject({
			task: v.string(),
			dataset: v.string(),
			metric: v.string(),
			models_in_group: v.number(),
			models: v.array(
				v.looseObject({
					nn: v.string(),
					epochs: v.array(v.number()),
					mean: v.array(v.number()),
					as_drawn: v.array(v.number()),
					regrouped: v.array(v.number()),
				}),
			),
		}),
	),
});

/** @throws where the release is not shipped */
export async function oracleOf(version: string) {
	const opened = await openVersion(version);
	const file = new URL('../../../../tests/oracles/stats/aggregates.json', import.meta.url);
	const json: unknown = JSON.parse(await readFile(file, 'utf8'));
	const facts = v.parse(aggregatesFormat, json).versions[version];
	const whole = v.parse(v.looseObject({ versions: v.record(v.string(), drawnFormat) }), json);
	const drawn = whole.versions[version];
	if (!opened || !facts || !drawn) throw new Error(`${version} is not shipped.`);
	return { rows: allRows(opened.mirror.columns), facts, drawn };
}
