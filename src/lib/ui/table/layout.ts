/**
 * Which columns the table shows, how they are headed and how wide they are. Pure: view state and
 * catalogue in, plain values out.
 */
import type { Catalogue } from '../../stats/catalogue';
import type { TaskInfo } from '../../stats/columns';
import { fieldOf, isPrmColumn, metricTitle, type ColumnId } from '../../stats/fields';
import type { Filter } from '../../stats/filter';
import type { RowIdentity } from '../../url/view';

/** Height of a table row and of a card, px. */
export const ROW_HEIGHT = 28;
export const CARD_HEIGHT = 56;
/** Width of the rail of row numbers, px. */
export const RAIL_WIDTH = 72;
/** Below this width of the table, rows are cards. */
export const CARD_BELOW = 576;

/** What a card shows, whatever columns the table has. */
export const CARD_COLUMNS: readonly ColumnId[] = [
	'nn',
	'accuracy',
	'metric',
	'dataset',
	'epoch',
	'duration',
];

/** The columns that make up a `RowIdentity`. */
export const IDENTITY_COLUMNS = [
	'task',
	'dataset',
	'metric',
	'nn',
	'epoch',
	'uid',
	'repeat',
] as const satisfies readonly (ColumnId & keyof RowIdentity)[];

/** One column as it is laid out. */
export interface Column {
	readonly id: ColumnId;
	readonly title: string;
	readonly about: string;
	readonly kind: 'text' | 'number';
	/** px */
	readonly width: number;
	/** px from the left edge of the columns that scroll; the first column stays and has 0 */
	readonly left: number;
}

/** @returns the leaderboards that the filter's own lists leave (its nested conditions are not asked) */
export function tasksLeft(filter: Filter, tasks: readonly TaskInfo[]): readonly TaskInfo[] {
	const { task, dataset, metric } = filter;
	return tasks.filter(
		(one) =>
			(!task || task.includes(one.task)) &&
			(!dataset || dataset.includes(one.dataset)) &&
			(!metric || metric.includes(one.metric)),
	);
}

/** @returns the columns of a table that nobody has arranged: task and metric only where they differ */
export function defaultColumns(filter: Filter, catalogue: Catalogue): readonly ColumnId[] {
	const left = tasksLeft(filter, catalogue.tasks);
	const several = (key: 'task' | 'metric') => new Set(left.map((one) => one[key])).size !== 1;
	const wanted: ColumnId[] = ['nn', 'accuracy'];
	if (several('metric')) wanted.push('metric');
	wanted.push('epoch', 'dataset', 'duration', 'transform', 'prm.batch', 'prm.lr');
	if (several('task')) wanted.push('task');
	return wanted.filter((id) => catalogue.columns.includes(id));
}

/** @returns the columns to show: those of the link that this snapshot has, else the default ones */
export function shownColumns(
	chosen: readonly ColumnId[] | undefined,
	filter: Filter,
	catalogue: Catalogue,
): readonly ColumnId[] {
	const known = chosen?.filter((id) => catalogue.columns.includes(id)) ?? [];
	return known.length > 0 ? known : defaultColumns(filter, catalogue);
}

/** @returns what `accuracy` is called: its metric's name, or a neutral one where metrics are mixed */
export function accuracyTitle(filter: Filter, tasks: readonly TaskInfo[]): string {
	const metrics = new Set(tasksLeft(filter, tasks).map((one) => one.metric));
	const [only] = metrics;
	return metrics.size === 1 && only !== undefined ? metricTitle(only) : 'Accuracy / score';
}

const WIDTHS: Partial<Record<ColumnId, number>> = {
	nn: 250,
	uid: 290,
	task: 170,
	dataset: 120,
	transform: 190,
	epoch: 104,
	metric: 104,
	accuracy: 140,
	duration: 142,
	epochDuration: 190,
	source: 84,
	repeat: 92,
};
const NUMBER_WIDTH = 110;
const TEXT_WIDTH = 150;
/** px a character of a header takes at most, and what its buttons and padding need */
const CHARACTER = 8.5;
const HEADER_ROOM = 56;
const MAX_WIDTH = 260;

/** @returns the columns with titles, widths and places */
export function layOut(
	ids: readonly ColumnId[],
	filter: Filter,
	catalogue: Catalogue,
): readonly Column[] {
	const kinds = new Map(catalogue.fields.map((field) => [field.id, field.kind]));
	let left = 0;
	return ids.map((id, i) => {
		const field = fieldOf(id, kinds.get(id));
		const title = id === 'accuracy' ? accuracyTitle(filter, catalogue.tasks) : field.title;
		const column = { ...field, title, width: widthOf(id, title, field.kind), left };
		if (i > 0) left += column.width;
		return column;
	});
}

function widthOf(id: ColumnId, title: string, kind: Column['kind']): number {
	const least = WIDTHS[id] ?? (kind === 'number' ? NUMBER_WIDTH : TEXT_WIDTH);
	const header = Math.min(MAX_WIDTH, title.length * CHARACTER + HEADER_ROOM);
	return Math.round(Math.max(least, isPrmColumn(id) || id === 'accuracy' ? header : 0));
}

/** @returns whether two identities name the same row */
export function sameRow(a: RowIdentity, b: RowIdentity): boolean {
	return IDENTITY_COLUMNS.every((key) => a[key] === b[key]);
}

/** @returns the pins with `row` added, or without it where it was one */
export function togglePin(pins: readonly RowIdentity[], row: RowIdentity): readonly RowIdentity[] {
	const others = pins.filter((pin) => !sameRow(pin, row));
	return others.length < pins.length ? others : [...pins, row];
}
