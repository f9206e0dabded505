/**
 * What is wrong with a figure as plain data: lengths, numbers that no axis takes, markup from data.
 * Test support only; whether a figure says the right thing is for the test of its plot.
 */
import type { Axis, Figure, Trace } from './plot';

/** @returns a sentence for each problem; none for a figure that can cross to the page and be drawn */
export function figureProblems(figure: Figure): string[] {
	const problems: string[] = [];
	const say = (ok: boolean, problem: string) => void (ok || problems.push(problem));
	structuredClone(figure);
	say(figure.title !== '' && figure.summary !== '', 'title or summary is empty');
	say(Number.isInteger(figure.used) && figure.used >= 0, `used is ${figure.used}`);
	say(
		(figure.empty === undefined) === figure.data.length > 0,
		'a figure without traces says why it is empty, and only such a one',
	);
	const rows = figure.table[0]?.values.length ?? 0;
	for (const { title, values } of figure.table)
		say(values.length === rows, `column ${title} has ${values.length} of ${rows} rows`);
	for (const [i, trace] of figure.data.entries())
		for (const problem of traceProblems(trace)) problems.push(`trace ${i}: ${problem}`);
	walk(figure, 'figure', say);
	for (const text of drawnTexts(figure)) say(!hasMarkup(text), `markup in “${text}”`);
	return problems;
}

function traceProblems(trace: Trace): string[] {
	const { x } = trace;
	const problems: string[] = [];
	const same = (name: string, length: number | undefined, expected: number) => {
		if (length !== undefined && length !== expected)
			problems.push(`${name} has ${length} of ${expected}`);
	};
	if (trace.type === 'heatmap') {
		const { y } = trace;
		same('z', trace.z.length, y.length);
		for (const row of trace.z) same('a row of z', row.length, x.length);
		same('customdata', trace.customdata?.length, y.length);
		return problems;
	}
	if (trace.type === 'box') {
		for (const key of ['q1', 'median', 'q3', 'lowerfence', 'upperfence', 'mean'] as const)
			same(key, trace[key]?.length, x.length);
		return problems;
	}
	same('y', trace.y.length, x.length);
	same('text', trace.text?.length, x.length);
	for (const error of [trace.error_x, trace.error_y]) {
		same('error array', error?.array.length, x.length);
		same('error arrayminus', error?.arrayminus.length, x.length);
	}
	return problems;
}

/** Infinity has no place on an axis, and is null in JSON. */
function walk(value: unknown, path: string, say: (ok: boolean, problem: string) => void): void {
	if (typeof value === 'number') return say(Math.abs(value) !== Infinity, `${path} is ${value}`);
	if (typeof value !== 'object' || value === null) return;
	if (value instanceof Float64Array) {
		for (let i = 0; i < value.length; i++)
			if (Math.abs(value[i]!) === Infinity) return say(false, `${path}[${i}] is not finite`);
		return;
	}
	for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`, say);
}

/** Texts that Plotly reads as pseudo-HTML. */
function drawnTexts({ data, layout }: Figure): string[] {
	const texts = [layout.title.text, ...(layout.annotations ?? []).map(({ text }) => text)];
	for (const [key, value] of Object.entries(layout))
		if (/^[xy]axis\d*$/.test(key) && isAxis(value)) texts.push(...axisTexts(value));
	for (const trace of data) {
		if (trace.name !== undefined) texts.push(trace.name);
		texts.push(...(trace.text ?? []).slice(0, 1000));
		for (const list of 'y' in trace ? [trace.x, trace.y] : [trace.x])
			for (let i = 0; i < Math.min(list.length, 1000); i++) {
				const item = list[i];
				if (typeof item === 'string') texts.push(item);
			}
	}
	return texts;
}

const isAxis = (value: unknown): value is Axis =>
	typeof value === 'object' && value !== null && 'type' in value;

function axisTexts({ title, ticktext }: Axis): string[] {
	return [...(title ? [title.text] : []), ...(ticktext ?? [])];
}

/** `<br>` between lines is ours. */
function hasMarkup(text: string): boolean {
	return /<(?!br>)/.test(text) || /<br>c/.test(text);
}
