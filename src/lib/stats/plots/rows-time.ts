/** LEMUR's raw plot `accuracy_vs_training_time`: every record by its cumulative time. The drawing is in `row-cloud.ts`. */
import type { PlotSpec } from './plot';
import { drawCloud } from './row-cloud';

export const rowsTime: PlotSpec = {
	id: 'rows-time',
	title: 'Every record by time',
	about:
		'The score of every record against the time since the start of its run, coloured by dataset; a density image while more than 20,000 records are in view.',
	group: 'LEMUR',
	controls: ['metric', 'window'],
	difference:
		'LEMUR puts the values of all metrics on one axis called accuracy, and leaves out records without a time without saying so. Corrected shows one metric at a time and counts what cannot be placed.',
	size: [12, 8],
	draw: (rows, options) => drawCloud(rowsTime, rows, options, 'duration'),
};
