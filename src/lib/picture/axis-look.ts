/** How an axis is labelled in the room it has: which ticks, turned how far, how deep the labels reach. */
import type { AxisModel } from './scales';
import type { Surface } from './surface';
import { ticksOf, type Tick } from './ticks';
import { shortened } from './words';

export interface AxisLook {
	readonly ticks: readonly Tick[];
	/** degrees clockwise */
	readonly angle: number;
	/** room the labels take across the axis */
	readonly depth: number;
}

export interface AxisRoom {
	/** along the axis */
	readonly length: number;
	/** left of a lying axis, where the ends of turned labels may reach */
	readonly before: number;
	/** most that labels may take across it */
	readonly depth: number;
	readonly size: number;
	readonly bare: boolean;
	/** false: ticks without labels */
	readonly labels: boolean;
}

const LINE = 1.25;

export function axisLook(model: AxisModel, room: AxisRoom, surface: Surface): AxisLook {
	const look = model.id.startsWith('y') ? uprightLook : lyingLook;
	const { ticks, angle, depth } = look(model, room, surface);
	if (room.labels && model.axis.showticklabels !== false) return { ticks, angle, depth };
	return { ticks: ticks.map(({ position }) => ({ position, label: '' })), angle, depth: 0 };
}

/** Labels stand left of the axis, one under the other. */
function uprightLook(model: AxisModel, room: AxisRoom, surface: Surface): AxisLook {
	const most = Math.max(2, Math.floor(room.length / (room.bare ? 30 : 48)));
	const ticks = ticksOf(model, most);
	const kept = everyNth(ticks, room.size * LINE, spacing(model, ticks, room.length));
	// A number cut short is another number.
	const short = isNumeric(model) ? kept : fitted(kept, room.depth, room.size, surface);
	return { ticks: short, angle: 0, depth: widest(short, room.size, surface) };
}

/** Labels lie below the axis; names that do not fit side by side are turned. */
function lyingLook(model: AxisModel, room: AxisRoom, surface: Surface): AxisLook {
	const { axis } = model;
	const numbers = isNumeric(model);
	const line = room.size * LINE;
	const ticks = numbers ? numberTicks(model, room, surface) : namedTicks(model, room, line);
	const width = widest(ticks, room.size, surface);
	const step = spacing(model, ticks, room.length);
	const flat = width + 8 <= step || width <= 4 * room.size;
	const angle = axis.tickangle ?? (flat || numbers ? 0 : -40);
	// Turned names would take most of a preview.
	if (angle !== 0 && room.bare) return { ticks: [], angle: 0, depth: 0 };
	if (angle === 0) {
		// Without an angle of its own a name may be cut, but never to less than a few letters.
		const wide = Math.max(step - 8, 6 * room.size);
		const kept = everyNth(ticks, Math.min(width, wide) + 8, step);
		return { ticks: fitted(kept, wide, room.size, surface), angle, depth: line };
	}
	const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)];
	const longest = Math.max(4 * room.size, (room.depth - Math.abs(cos) * line) / Math.abs(sin));
	const few = everyNth(ticks, line / Math.abs(sin), step);
	const kept = few.map((tick) => {
		const toEdge = room.before + offsetOf(model, tick, room.length) - 6;
		const most = angle < 0 && cos > 0.1 ? Math.min(longest, toEdge / cos) : longest;
		return { ...tick, label: shortened(tick.label, most, room.size, surface) };
	});
	const depth = Math.abs(sin) * widest(kept, room.size, surface) + Math.abs(cos) * line;
	return { ticks: kept, angle, depth };
}

function isNumeric({ axis }: AxisModel): boolean {
	return axis.type !== 'category' && !axis.tickvals;
}

/** Whichever way they are turned, names need the height of a line each. */
function namedTicks(model: AxisModel, { length }: AxisRoom, line: number): Tick[] {
	const all = ticksOf(model, 0);
	return everyNth(all, line, spacing(model, all, length));
}

function offsetOf({ range }: AxisModel, { position }: Tick, length: number): number {
	return ((position - range[0]) / (range[1] - range[0])) * length;
}

/** As many as stand clear of each other. */
function numberTicks(model: AxisModel, { length, size, bare }: AxisRoom, surface: Surface): Tick[] {
	let ticks: Tick[] = [];
	for (let most = Math.max(2, Math.floor(length / (bare ? 55 : 70))); most >= 1; most--) {
		ticks = ticksOf(model, most);
		if (widest(ticks, size, surface) + 12 <= spacing(model, ticks, length)) break;
	}
	return ticks;
}

/** Least distance between neighbouring ticks. */
function spacing({ range }: AxisModel, ticks: readonly Tick[], length: number): number {
	const unit = length / Math.abs(range[1] - range[0]);
	let least = Infinity;
	for (let i = 1; i < ticks.length; i++)
		least = Math.min(least, Math.abs(ticks[i]!.position - ticks[i - 1]!.position) * unit);
	return least;
}

function everyNth(ticks: readonly Tick[], needed: number, step: number): Tick[] {
	const nth = Math.max(1, Math.ceil(needed / Math.max(step, 1e-6)));
	return nth === 1 || !Number.isFinite(nth) ? [...ticks] : ticks.filter((_, i) => i % nth === 0);
}

function widest(ticks: readonly Tick[], size: number, surface: Surface): number {
	return Math.max(0, ...ticks.map(({ label }) => surface.measure(label, size)));
}

function fitted(ticks: readonly Tick[], room: number, size: number, surface: Surface): Tick[] {
	return ticks.map(({ position, label }) => ({
		position,
		label: shortened(label, room, size, surface),
	}));
}
