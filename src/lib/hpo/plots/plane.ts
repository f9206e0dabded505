/** Two hyperparameters as a plane: what contour and rank plots share. */
import type { Axis } from '../../stats/plots/plot';
import { prmAxis } from '../../stats/plots/prm-axis';
import type { Parameter } from '../../stats/plots/search-runs';
import type { StudyTrial } from '../study/study';
import type { PlotStudy, StudyPlotOptions } from './plot';
import { columnsOf, completeTrials, parameterNames, type Columns } from './trials';

export interface Plane {
	readonly columns: Columns;
	readonly x: Parameter;
	readonly y: Parameter;
}

/** @returns the plane of the chosen hyperparameters, else of the first two that vary; or why there is none */
export function planeOf(study: PlotStudy | undefined, { prm }: StudyPlotOptions): Plane | string {
	const trials = study ? completeTrials(study) : [];
	if (trials.length === 0) return 'No trial with a value passes the filter yet.';
	const names = chosen(trials, prm);
	if (names.length < 2) return 'This plot needs two hyperparameters that vary.';
	const columns = columnsOf(trials, names);
	const [x, y] = columns.parameters;
	if (!x || !y || columns.trials.length === 0)
		return `No trial that passes the filter has both ${names.join(' and ')}.`;
	return { columns, x, y };
}

function chosen(trials: readonly StudyTrial[], prm: readonly string[] | undefined): string[] {
	const known = parameterNames(trials);
	const wanted = (prm ?? []).filter((name) => known.includes(name));
	const others = known.filter(
		(name) => !wanted.includes(name) && columnsOf(trials, [name]).parameters[0]!.distinct > 1,
	);
	return [...wanted, ...others].slice(0, 2);
}

export function planeAxes({ x, y }: Plane): { xaxis: Axis; yaxis: Axis } {
	return { xaxis: prmAxis(x), yaxis: prmAxis(y) };
}
