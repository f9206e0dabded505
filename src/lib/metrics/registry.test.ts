import { describe, expect, it } from 'vitest';
import { metricTitle } from '../stats/fields';
import { isMetricId, METRIC_IDS, METRICS, metricsOf } from './registry';

describe('registry', () => {
	it('knows every metric by its own id, with words for people', () => {
		for (const id of METRIC_IDS) {
			const { id: own, title, about, tasks, range } = METRICS[id];
			expect(own).toBe(id);
			expect(title).toBe(metricTitle(id));
			expect(title).not.toBe(id);
			expect(about).toMatch(/^[A-Z].*\.$/);
			expect(tasks.length).toBeGreaterThan(0);
			expect(range[0]).toBeLessThan(range[1]);
		}
	});

	it('starts each epoch afresh', () => {
		const batch = {
			outputs: { data: [0, 1], shape: [1, 2] },
			labels: { data: [1], shape: [1] },
		};
		const first = METRICS.acc.create();
		first.update(batch);
		expect([first.value(), METRICS.acc.create().value()]).toEqual([1, 0]);
	});

	it('names the metrics of a task', () => {
		expect(metricsOf('img-classification').map(({ id }) => id)).toEqual(['acc']);
		expect(metricsOf('txt-generation').map(({ id }) => id)).toEqual(['acc', 'ppl']);
		expect([isMetricId('iou'), isMetricId('toString')]).toEqual([true, false]);
	});
});
