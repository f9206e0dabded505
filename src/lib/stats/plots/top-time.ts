/** nn-stat's `accuracy_vs_duration_top5_models_grid`. The drawing is in `net-grid.ts`. */
import { drawNetGrid } from './net-grid';
import type { PlotSpec } from './plot';

export const topTime: PlotSpec = {
	id: 'top-time',
	title: 'Best nets of each dataset over time',
	about:
		'The mean at each epoch against the mean time since the start of the run, joined in order of time, of the nets that are best on a dataset (highest mean best value per run); one panel a dataset of the chosen task and metric.',
	group: 'nn-stat',
	controls: ['board', 'top'],
	top: 5,
	difference:
		'For text generation nn-stat averages accuracy and perplexity score together. Corrected shows one metric at a time.',
	size: [19.5, 14.4],
	draw: (rows, options) => drawNetGrid(topTime, rows, options, 'time'),
};
