import { expect, it } from 'vitest';
import { PsnrAccumulator } from './psnr';

const values = (...data: number[]) => ({ data, shape: [data.length] });

it('psnr is of the mean error over the whole set, not a mean over batches', () => {
	const metric = new PsnrAccumulator();
	metric.update({ outputs: values(0.1, 0, 0), labels: values(0, 0, 0) });
	metric.update({ outputs: values(0.1), labels: values(0) });
	expect(metric.value()).toBeCloseTo(10 * Math.log10(1 / (0.02 / 4)), 9);
	expect(metric.value()).not.toBeCloseTo((20 + 10 * Math.log10(300)) / 2, 1);
});
