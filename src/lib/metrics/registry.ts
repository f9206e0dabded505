/** Every metric by LEMUR's name. A new one is a file, a line here and its batch in `metric.ts`. */
import { acc } from './acc';
import { bleu } from './bleu';
import { cider } from './cider';
import { clip } from './clip';
import { fid } from './fid';
import { iou } from './iou';
import { mae } from './mae';
import { map } from './map';
import { meteor } from './meteor';
import type { MetricFacts, MetricId, MetricSpec, Task } from './metric';
import { ppl } from './ppl';
import { psnr } from './psnr';

export const METRICS: { readonly [Id in MetricId]: MetricSpec<Id> } = {
	acc,
	iou,
	map,
	bleu,
	ppl,
	clip,
	fid,
	mae,
	psnr,
	cider,
	meteor,
};

/** In the order in which they are offered. */
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

/** @returns whether this is a metric of the registry */
export function isMetricId(name: string): name is MetricId {
	return Object.hasOwn(METRICS, name);
}

/** @returns the metrics of a task, in order */
export function metricsOf(task: Task): readonly MetricFacts[] {
	return METRIC_IDS.map((id): MetricFacts => METRICS[id]).filter(({ tasks }) =>
		tasks.includes(task),
	);
}
