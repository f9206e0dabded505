/** One run as code that names exactly it. Pure. */
import { toPython } from '../../stats/print/python';
import { toSql } from '../../stats/print/sql';
import type { Filter, PrmCondition } from '../../stats/filter';
import type { RunDetail } from '../../stats/run-detail';

/** What LEMUR's `data()` has no column for, or what is a condition of its own. */
const NOT_PRM: ReadonlySet<string> = new Set(['transform', 'epoch']);

/** @returns the filter of every trial with the run's names, epoch and hyperparameters */
export function filterOfRun(detail: RunDetail): Filter {
	const { task, dataset, metric, nn, epoch, transform } = detail;
	const prm = Object.fromEntries(
		detail.prm
			.filter(({ name }) => !NOT_PRM.has(name))
			.map(({ name, value }): [string, PrmCondition] => [
				name,
				typeof value === 'number' ? { min: value, max: value } : [value],
			]),
	);
	return {
		task: [task],
		dataset: [dataset],
		metric: [metric],
		nn: [nn],
		...(transform === '' ? {} : { transform: [transform] }),
		epoch: { min: epoch, max: epoch },
		...(Object.keys(prm).length > 0 ? { prm } : {}),
	};
}

/** @returns SQL on LEMUR's `stat`: the run's row (all of them where LEMUR stores it repeatedly) */
export function runSql(detail: RunDetail): string {
	const { task, dataset, metric, nn, epoch } = detail;
	const names = toSql({
		task: [task],
		dataset: [dataset],
		metric: [metric],
		nn: [nn],
		epoch: { min: epoch, max: epoch },
	});
	const uid = `'${detail.uid.replaceAll("'", "''")}'`;
	return `${names.trimEnd().replace(/;$/, '')}\n  AND s.prm = ${uid};`;
}

/** @returns a script for LEMUR's own package whose `df` is the run's row */
export function runPython(detail: RunDetail): string {
	return toPython(filterOfRun(detail));
}
