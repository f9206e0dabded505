/** Every plot by its id. A new plot is one file, one line here and its id in `ids.ts`. */
import { emptyFigure, NO_ROWS } from './figure';
import { PLOT_IDS, type PlotId } from './ids';
import type { Figure, PlotOptions, PlotRows, PlotSpec } from './plot';
import { zoomedFigure } from './zoomed';
import { rowsEpoch } from './rows-epoch';
import { rowsTime } from './rows-time';
import { firstEpochBar } from './first-epoch-bar';
import { meanStd } from './mean-std';
import { meansTime } from './means-time';
import { boxEpoch } from './box-epoch';
import { rollingMean } from './rolling-mean';
import { boxTask } from './box-task';
import { histogram } from './histogram';
import { correlation } from './correlation';
import { firstEpochViolin } from './first-epoch-violin';
import { topEpoch } from './top-epoch';
import { topTime } from './top-time';
import { density } from './density';
import { pareto } from './pareto';
import { rank } from './rank';
import { topBar } from './top-bar';
import { ciBar } from './ci-bar';
import { ciLine } from './ci-line';
import { ecdf } from './ecdf';
import { importance } from './importance';
import { parallel } from './parallel';
import { slice } from './slice';
import { contour } from './contour';

export const PLOTS: Readonly<Record<PlotId, PlotSpec>> = {
	parallel,
	slice,
	contour,
	importance,
	ecdf,
	'ci-line': ciLine,
	'ci-bar': ciBar,
	'top-bar': topBar,
	rank,
	pareto,
	density,
	'top-time': topTime,
	'top-epoch': topEpoch,
	'first-epoch-violin': firstEpochViolin,
	correlation: correlation,
	histogram: histogram,
	'box-task': boxTask,
	'rolling-mean': rollingMean,
	'box-epoch': boxEpoch,
	'means-time': meansTime,
	'mean-std': meanStd,
	'first-epoch-bar': firstEpochBar,
	'rows-time': rowsTime,
	'rows-epoch': rowsEpoch,
};

/** @returns the figure of these rows; never throws for any rows or options */
export function drawPlot(rows: PlotRows, id: PlotId, options: PlotOptions): Figure {
	const spec = PLOTS[id];
	// A script may name any.
	if (!spec) throw new RangeError(`There is no plot ${id}. There are: ${PLOT_IDS.join(', ')}.`);
	if (rows.ids.length === 0) return emptyFigure(spec, options, NO_ROWS);
	const figure = spec.draw(rows, options);
	const { window } = options;
	return window && !spec.controls.includes('window') ? zoomedFigure(figure, window) : figure;
}
