import { describe, expect, it } from 'vitest';
import { IouAccumulator } from './iou';

/** One row of pixels: outputs of 3 classes that predict `pred`. */
function batch(pred: readonly number[], labels: readonly number[]) {
	const planes = [0, 1, 2].map((c) => pred.map((p) => Number(p === c)));
	return {
		outputs: { data: planes.flat(), shape: [1, 3, 1, pred.length] },
		labels: { data: labels, shape: [1, 1, labels.length] },
	};
}

describe('iou', () => {
	it('counts an absent class as 0, where the usual mIoU leaves it out', () => {
		const metric = new IouAccumulator(3);
		metric.update(batch([0, 1, 1], [0, 1, 1]));
		expect(metric.value()).toBeCloseTo(2 / 3, 6);
		expect(metric.meanOfPresent()).toBe(1);
	});

	it('takes its classes from the first batch when it was told none', () => {
		const metric = new IouAccumulator();
		metric.update(batch([0], [0]));
		expect(metric.perClass()).toEqual([1, null, null]);
	});

	it('is no pixel accuracy', () => {
		const metric = new IouAccumulator(3);
		metric.update(batch([0, 0, 0, 1, 2, 2], [0, 0, 1, 1, 2, 2]));
		expect(metric.value()).toBeCloseTo((2 / 3 + 1 / 2 + 1) / 3, 6);
		expect(metric.value()).not.toBeCloseTo(5 / 6, 3);
	});

	it('refuses labels of another size, in words', () => {
		const { outputs } = batch([0, 1], [0, 1]);
		const labels = { data: [0, 1], shape: [1, 2, 1] };
		expect(() => new IouAccumulator(3).update({ outputs, labels })).toThrow('shape (1, 2, 1)');
	});
});
