/** LEMUR's `psnr`: one peak signal-to-noise ratio over the whole test set, not a mean over images. */
import { checkSameSize } from './mae';
import type { Accumulator, MetricSpec, RegressionBatch } from './metric';

/** Pixels run from 0 to this. */
const PEAK = 1;
/** dB for pictures without any error, and without pictures. */
const PERFECT = 100;

/** Sum of squared errors. */
export class PsnrAccumulator implements Accumulator<RegressionBatch> {
	sumSquaredError = 0;
	count = 0;

	update(batch: RegressionBatch): void {
		checkSameSize(batch, 'psnr');
		const { outputs, labels } = batch;
		for (let i = 0; i < outputs.data.length; i++)
			this.sumSquaredError += (outputs.data[i]! - labels.data[i]!) ** 2;
		this.count += outputs.data.length;
	}

	value(): number {
		if (this.count === 0 || this.sumSquaredError === 0) return PERFECT;
		return 20 * Math.log10(PEAK / Math.sqrt(this.sumSquaredError / this.count));
	}
}

export const psnr: MetricSpec<'psnr'> = {
	id: 'psnr',
	title: 'PSNR (dB)',
	about:
		'Peak signal-to-noise ratio in decibels of the mean squared error over the whole test set; papers often take the mean over images instead. 100 stands for no error.',
	tasks: ['img-super-resolution'],
	direction: 'maximize',
	range: [-Infinity, Infinity],
	gateMinimum: 0,
	released: false,
	create: () => new PsnrAccumulator(),
};
