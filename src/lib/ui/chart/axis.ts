/** Scales and their ticks with words people read: fractions, epochs, and durations in whole units. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { durationText } from '../../stats/print/sentence';
import type { FieldSpec } from '../../stats/fields';

export interface Tick {
	readonly value: number;
	/** px from the start of the range */
	readonly at: number;
	readonly text: string;
}

/** From data units to pixels and back. */
export interface Axis {
	readonly of: (value: number) => number;
	readonly invert: (px: number) => number;
	readonly ticks: readonly Tick[];
}

export interface AxisOptions {
	readonly domain: readonly [number, number];
	/** px; the first belongs to the lower end of the domain */
	readonly range: readonly [number, number];
	readonly unit: FieldSpec['unit'];
	readonly log?: boolean;
	/** roughly how many ticks; default one per 80 px */
	readonly ticks?: number;
}

const MINUTE = 60e9;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** ns at which a logarithmic time axis may have a tick */
const ROUND_TIMES = [
	...[1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10],
	...[MINUTE, 10 * MINUTE, HOUR, 10 * HOUR, DAY, 10 * DAY, 100 * DAY, 1000 * DAY],
];

/** @returns a scale over a domain of some width; a domain without one is widened */
export function axisOf({ domain, range, unit, log = false, ticks }: AxisOptions): Axis {
	const ends = widened(domain, log);
	const wanted = ticks ?? Math.max(2, Math.floor(Math.abs(range[1] - range[0]) / 80));
	const scale = (log ? scaleLog() : scaleLinear()).domain(ends).range(range);
	const values = unit === 'ns' ? timeTicks(ends, log, wanted) : tickValues(scale, log, wanted);
	const text = unit === 'ns' ? durationText : numberTick(values);
	return {
		of: (value) => scale(value),
		invert: (px) => scale.invert(px),
		ticks: values
			.filter((value) => unit !== 'count' || Number.isInteger(value))
			.map((value) => ({ value, at: scale(value), text: text(value) })),
	};
}

function widened([low, high]: readonly [number, number], log: boolean): [number, number] {
	if (low < high) return [low, high];
	return log ? [low / 2, low * 2] : [low - (Math.abs(low) * 0.05 || 0.5), low + 0.5];
}

function tickValues(
	scale: { ticks(count: number): number[]; domain(): number[] },
	log: boolean,
	wanted: number,
): number[] {
	const values = scale.ticks(wanted);
	if (!log || values.length <= wanted + 2) return values;
	const powers = values.filter((value) => Math.abs(Math.log10(value) % 1) < 1e-9);
	const step = Math.max(1, Math.ceil(powers.length / wanted));
	return powers.length < 2 ? values.slice(0, wanted) : powers.filter((_, i) => i % step === 0);
}

function timeTicks([low, high]: [number, number], log: boolean, wanted: number): number[] {
	if (log) {
		const values = ROUND_TIMES.filter((value) => value >= low && value <= high);
		const step = Math.max(1, Math.ceil(values.length / wanted));
		if (values.length >= 2) return values.filter((_, i) => i % step === 0);
	}
	const unit = [DAY, HOUR, MINUTE, 1e9, 1e6, 1e3].find((size) => high - low >= 2 * size) ?? 1;
	return scaleLinear([low / unit, high / unit], [0, 1])
		.ticks(wanted)
		.map((value) => value * unit);
}

/** Six digits at most, and powers of ten where the number would be long. */
function numberTick(values: readonly number[]): (value: number) => string {
	const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0)) || 1;
	const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
	return (value) => {
		if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6))
			return value.toExponential().replace('e+', 'e');
		return value
			.toFixed(Math.abs(value) < 1 && step > Math.abs(value) ? 4 : digits)
			.replace(/(\.\d*?)0+$/, '$1')
			.replace(/\.$/, '');
	};
}
