/** The axes that several plots share, with their units. Values stay fractions; time gets one unit per axis. */
import { metricTitle } from '../fields';
import type { Axis } from './plot';
import { plotText } from './text';

/** A unit of time for an axis. */
export interface TimeUnit {
	readonly name: 'seconds' | 'minutes' | 'hours' | 'days';
	/** ns in one */
	readonly scale: number;
}

const UNITS: readonly TimeUnit[] = [
	{ name: 'days', scale: 86_400e9 },
	{ name: 'hours', scale: 3_600e9 },
	{ name: 'minutes', scale: 60e9 },
	{ name: 'seconds', scale: 1e9 },
];

/** @returns the largest unit of which `typical` (ns, such as a median or the maximum) has two or more */
export function timeUnit(typical: number): TimeUnit {
	return UNITS.find(({ scale }) => typical >= 2 * scale) ?? { name: 'seconds', scale: 1e9 };
}

/** Epochs are whole, and counted from the data. */
export function epochAxis(): Axis {
	return { type: 'linear', title: { text: 'Epoch' }, tickformat: 'd' };
}

/** @param metric LEMUR's name; the title is what the metric is called, never a mere "accuracy" */
export function metricAxis(metric: string): Axis {
	return { type: 'linear', title: { text: `${plotText(metricTitle(metric))} (fraction)` } };
}

/** @param what 'Time since the start of the run' or 'Time of this epoch': the two are never mixed */
export function timeAxis(what: string, unit: TimeUnit, type: 'linear' | 'log' = 'linear'): Axis {
	return { type, title: { text: `${what} (${unit.name})` } };
}
