/** Oracle runner of special.json: the special functions below TPE, against 60-digit arithmetic. */
import * as v from 'valibot';
import { expectClose } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { erf, logCdf, logMass, quantileOfLog } from '../normal';
import { oracleReal } from '../oracle-trials';
import { truncatedLogPdf, truncatedQuantile } from './truncated-normal';

const value = oracleReal;
const number = v.number();
const format = v.object({
	erf: v.array(v.object({ x: number, value })),
	log_ndtr: v.array(v.object({ x: number, value })),
	ndtri_exp: v.array(v.object({ y: number, value })),
	log_gauss_mass: v.array(v.object({ a: number, b: number, value })),
	truncnorm_logpdf: v.array(
		v.object({ x: number, a: number, b: number, loc: number, scale: number, value }),
	),
	truncnorm_ppf: v.array(v.object({ q: number, a: number, b: number, value })),
});

export const oracles: OracleFile[] = [
	{
		area: 'tpe',
		file: 'special.json',
		*cases(json) {
			const oracle = v.parse(format, json);
			yield* casesOf('erf', oracle.erf, ({ x }) => erf(x), 1e-12);
			yield* casesOf('log_ndtr', oracle.log_ndtr, ({ x }) => logCdf(x));
			yield* casesOf('ndtri_exp', oracle.ndtri_exp, ({ y }) => quantileOfLog(y));
			yield* casesOf('log_gauss_mass', oracle.log_gauss_mass, ({ a, b }) => logMass(a, b));
			yield* casesOf('truncnorm_logpdf', oracle.truncnorm_logpdf, (point) =>
				truncatedLogPdf(point.x, point),
			);
			yield* casesOf('truncnorm_ppf', oracle.truncnorm_ppf, ({ q, a, b }) =>
				truncatedQuantile(q, a, b),
			);
		},
	},
];

function* casesOf<Point extends { value: number }>(
	name: string,
	points: readonly Point[],
	compute: (point: Point) => number,
	relative = 1e-9,
): Iterable<OracleCase> {
	for (const [i, point] of points.entries())
		yield {
			name: `${name} ${i}`,
			run: () =>
				expectClose(
					compute(point) + 0, // −0 is 0 here
					point.value,
					{ relative, absolute: 1e-15 },
					JSON.stringify(point),
				),
		};
}
