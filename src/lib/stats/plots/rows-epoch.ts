/** LEMUR's raw plot `accuracy_vs_epochs`: every record by its epoch. The drawing is in `row-cloud.ts`. */
import type { PlotSpec } from './plot';
import { drawCloud } from './row-cloud';

export const rowsEpoch: PlotSpec = {
	id: 'rows-epoch',
	title: 'Every record by epoch',
	about:
		'The score of every record against its epoch, coloured by dataset; a density image while more than 20,000 records are in view.',
	group: 'LEMUR',
	controls: ['metric', 'window'],
	difference:
		'LEMUR puts the values of all metrics on one axis called accuracy and colours them by task. Corrected shows one metric at a time, coloured by dataset.',
	size: [12, 8],
	draw: (rows, options) => drawCloud(rowsEpoch, rows, options, 'epoch'),
};
