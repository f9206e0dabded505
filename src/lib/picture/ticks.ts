/** Which ticks an axis has, and their words. Numbers are written for people: 20,000, 1e-5, 3M. */
import { ticks as roundTicks } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { plainText } from '../stats/plots/text';
import type { AxisModel } from './scales';

export interface Tick {
	readonly position: number;
	/** plain text */
	readonly label: string;
}

/** @param most ticks with numbers, about; categories and ticks that the figure names all stay */
export function ticksOf(model: AxisModel, most: number): Tick[] {
	const { axis, names, range } = model;
	const [low, high] = [Math.min(...range), Math.max(...range)];
	const slack = (high - low) * 1e-9;
	const inside = ({ position }: Tick) => position >= low - slack && position <= high + slack;
	return allTicks().filter(inside);

	function allTicks(): Tick[] {
		if (axis.tickvals) return namedTicks(model);
		if (axis.type === 'category')
			return names.map((name, position) => ({ position, label: plainText(name) }));
		if (axis.type === 'log') return logTicks(low, high, most);
		return linearTicks(low, high, Math.max(1, most), axis.tickformat);
	}
}

function namedTicks({ axis, at }: AxisModel): Tick[] {
	const values = axis.tickvals ?? [];
	const text = numberWords(Array.from<number | string, number>(values, Number));
	return Array.from<number | string, Tick>(values, (value, i) => ({
		position: at(value),
		label: plainText(axis.ticktext?.[i] ?? (typeof value === 'string' ? value : text(value))),
	}));
}

function linearTicks(low: number, high: number, most: number, format?: string): Tick[] {
	// Whole numbers have no ticks between them.
	const count = format === 'd' ? Math.max(1, Math.min(most, Math.floor(high - low))) : most;
	const values = roundTicks(low, high, count).filter(
		(value) => format !== 'd' || Number.isInteger(value),
	);
	const text =
		format && format !== 'd'
			? scaleLinear().domain([low, high]).tickFormat(most, format)
			: numberWords(values);
	return values.map((position) => ({ position, label: text(position) }));
}

/** Decades either way within which numbers have all their digits. */
const FAR = 290;

/** Powers of ten; between them 2 and 5 where there are few; round numbers within a decade. */
function logTicks(low: number, high: number, most: number): Tick[] {
	const decades = high - low;
	// Round numbers between those at the ends of all numbers cannot be computed.
	if (decades < 0.7 && low > -FAR && high < FAR)
		return linearTicks(10 ** low, 10 ** high, Math.max(2, most)).map(({ position, label }) => ({
			position: Math.log10(position),
			label,
		}));
	const step = Math.max(1, Math.ceil(decades / Math.max(1, most)));
	const factors = step === 1 && decades * 3 <= most + 1 ? [1, 2, 5] : [1];
	const values: number[] = [];
	for (let power = Math.floor(low); power <= Math.ceil(high); power++)
		if (power % step === 0) for (const factor of factors) values.push(Number(`${factor}e${power}`));
	return values.map((value) => ({ position: Math.log10(value), label: shortNumber(value) }));
}

/** @returns how numbers of one axis are written: as many decimals as tell them apart */
function numberWords(values: readonly number[]): (value: number) => string {
	const largest = Math.max(0, ...values.map(Math.abs));
	if (largest >= 1e6 || (largest > 0 && largest < 1e-3)) return shortNumber;
	const decimals = Math.max(0, ...values.map(decimalsOf));
	return (value) => grouped(value, Math.min(decimals, 6));
}

function decimalsOf(value: number): number {
	const text = String(Number(value.toPrecision(10)));
	return text.includes('e') ? 6 : (text.split('.')[1]?.length ?? 0);
}

const UNITS = [
	[1e12, 'T'],
	[1e9, 'B'],
	[1e6, 'M'],
] as const;

/** @returns 3M, 20,000, 0.05 or 1e-5 */
export function shortNumber(value: number): string {
	const size = Math.abs(value);
	if (size >= 1e15 || (size > 0 && size < 1e-3))
		return signed(Number(value.toPrecision(4)).toExponential().replace('e+', 'e'));
	const [unit, name] = UNITS.find(([least]) => size >= least) ?? [1, ''];
	const scaled = Number((value / unit).toPrecision(unit === 1 ? 6 : 4));
	return grouped(scaled, decimalsOf(scaled)) + name;
}

function grouped(value: number, decimals: number): string {
	const [whole = '', part] = value.toFixed(decimals).split('.');
	const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return signed(part === undefined ? digits : `${digits}.${part}`);
}

function signed(text: string): string {
	return text.replace(/^-/, '−');
}
