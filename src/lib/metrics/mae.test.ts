import { describe, expect, it } from 'vitest';
import { MaeAccumulator } from './mae';

const values = (...data: number[]) => ({ data, shape: [data.length] });

describe('mae', () => {
	it('takes errors of both signs, over the whole set', () => {
		const metric = new MaeAccumulator();
		metric.update({ outputs: values(10, 20), labels: values(14, 14) });
		metric.update({ outputs: values(5), labels: values(5) });
		expect(metric.mae()).toBeCloseTo(10 / 3, 12);
		expect(metric.value()).toBeCloseTo(1 - 1 / 6, 12);
	});

	it('refuses another number of labels, in words', () => {
		expect(() => new MaeAccumulator().update({ outputs: values(1), labels: values(1, 2) })).toThrow(
			'mae: outputs of shape (1,) do not fit labels of shape (2,)',
		);
	});
});
