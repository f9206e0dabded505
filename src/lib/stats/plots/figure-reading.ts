/** Reading a figure's numbers back in a test. Test support only. */
import type { Figure, Trace } from './plot';

/** @returns a column of the table as numbers; throws where there is no such column of numbers */
export function numbersOf({ table }: Figure, title: string): number[] {
	const column = table.find((one) => one.title === title);
	if (!column)
		throw new Error(`No ${title}; there are ${table.map((one) => one.title).join(', ')}.`);
	return Array.from<number | string>(column.values).map((value) => {
		if (typeof value !== 'number') throw new Error(`${title} holds the text “${value}”.`);
		return value;
	});
}

/** @returns a column of the table as texts; throws where there is no such column */
export function textsOf({ table }: Figure, title: string): string[] {
	const column = table.find((one) => one.title === title);
	if (!column)
		throw new Error(`No ${title}; there are ${table.map((one) => one.title).join(', ')}.`);
	return Array.from<number | string>(column.values).map(String);
}

/** @returns the traces of one kind */
export function tracesOf<T extends Trace['type']>(
	{ data }: Figure,
	type: T,
): Extract<Trace, { type: T }>[] {
	return data.filter((trace): trace is Extract<Trace, { type: T }> => trace.type === type);
}
