/** The options of a plot from the state of a link, and what a change of them does to it. */
import type { PlotOptions, PlotSpec } from '../../stats/plots/plot';
import type { ViewState } from '../../url/view';

/** Nothing chosen: what a plot starts with. */
export const NO_OPTIONS = {
	plotMode: undefined,
	plotBoard: undefined,
	plotMetric: undefined,
	plotTop: undefined,
	plotPrm: undefined,
	plotEvaluator: undefined,
	plotWindow: undefined,
} satisfies { [Key in keyof ViewState]?: undefined };

/** @returns the options that this plot heeds; the zoom only where the plot draws other things in it */
export function plotOptions(
	view: ViewState,
	{ controls, difference }: Pick<PlotSpec, 'controls' | 'difference'>,
	theme: 'light' | 'dark',
): PlotOptions {
	const has = (control: PlotSpec['controls'][number]) => controls.includes(control);
	const { plotMode, plotBoard, plotMetric, plotTop, plotPrm, plotEvaluator, plotWindow } = view;
	return {
		theme,
		...(difference && plotMode ? { mode: plotMode } : {}),
		...(has('board') && plotBoard ? { board: plotBoard } : {}),
		...(has('metric') && plotMetric !== undefined ? { metric: plotMetric } : {}),
		...(has('top') && plotTop !== undefined ? { top: plotTop } : {}),
		...((has('prm') || has('prm1') || has('prm2')) && plotPrm ? { prm: plotPrm } : {}),
		...(has('evaluator') && plotEvaluator ? { evaluator: plotEvaluator } : {}),
		...(has('window') && plotWindow ? { window: plotWindow } : {}),
	};
}
