/** Numbers and leaderboards as the sentences, notes and hovers of plots print them; tables keep exact values. */
import { displayName } from '../../url/display-name';
import type { TaskInfo } from '../columns';
import { metricTitle } from '../fields';
import { durationText } from '../print/sentence';

/** 578595 → 578,595. By hand: a hover text a point is too many calls for Intl. */
export function countText(count: number): string {
	const digits = String(Math.round(count));
	// Beyond 21 digits numbers print with an exponent.
	if (digits.length <= 3 || digits.includes('e')) return digits;
	return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** @param many where it is not `one` with an s; 2, 'record' → 2 records */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A score with four decimals, as LEMUR's tables print it; '–' where there is none. */
export function fractionText(value: number): string {
	return Number.isFinite(value) ? value.toFixed(4) : '–';
}

/** ns in words (58.6 s); '–' where there is none */
export function timeText(ns: number): string {
	return Number.isFinite(ns) ? durationText(ns) : '–';
}

/** ns in words and whole: `58.6 s (58,600,000,000 ns)` */
export function exactTimeText(ns: number): string {
	return Number.isFinite(ns) ? `${durationText(ns)} (${countText(ns)} ns)` : '–';
}

/** Plain text: `img-classification, cifar-10, Accuracy`. */
export function boardText({ task, dataset, metric }: TaskInfo): string {
	return [task, dataset, metricTitle(metric)].map(displayName).join(', ');
}
