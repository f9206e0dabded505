/** What a plot of a study is: a pure function of trials that returns a figure in the site's own terms. */
import type { Figure } from '../../stats/plots/plot';
import type { Direction } from '../trial';
import type { StudyTrial } from '../study/study';

export const STUDY_PLOT_IDS = [
	'history',
	'intermediate',
	'importance',
	'parallel',
	'slice',
	'contour',
	'rank',
	'edf',
	'timeline',
] as const;
export type StudyPlotId = (typeof STUDY_PLOT_IDS)[number];

/** A study as plots see it: those of its trials that pass the filter. */
export interface PlotStudy {
	readonly name: string;
	readonly direction: Direction;
	readonly trials: readonly StudyTrial[];
}

export interface StudyPlotOptions {
	readonly theme?: 'light' | 'dark';
	/** hyperparameters that are shown; default: the plot decides */
	readonly prm?: readonly string[];
	readonly evaluator?: 'ped-anova' | 'fanova';
	/** lines drawn at most */
	readonly top?: number;
}

export interface StudyPlotSpec {
	readonly id: StudyPlotId;
	readonly title: string;
	/** one sentence: what is drawn */
	readonly about: string;
	readonly controls: readonly ('prm' | 'prm2' | 'evaluator' | 'top')[];
	/** height of the figure in its width */
	readonly ratio: number;
	/** whether several studies can be drawn together */
	readonly compares: boolean;
	/** Never throws: says in `empty` what is missing. @param studies at least one */
	draw(studies: readonly PlotStudy[], options: StudyPlotOptions): Figure;
}
