/** All plots of studies. A new one is one file and one line here. */
import { contour } from './contour';
import { edf } from './edf';
import { history } from './history';
import { importance } from './importance';
import { intermediate } from './intermediate';
import { parallel } from './parallel';
import type { StudyPlotId, StudyPlotSpec } from './plot';
import { rank } from './rank';
import { slice } from './slice';
import { timeline } from './timeline';

export const STUDY_PLOTS = {
	history,
	intermediate,
	importance,
	parallel,
	slice,
	contour,
	rank,
	edf,
	timeline,
} as const satisfies Record<StudyPlotId, StudyPlotSpec>;
