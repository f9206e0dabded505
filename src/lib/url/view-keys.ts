/**
 * Every key of a link but the filter's: how it prints and how its text becomes input for `readView`.
 * A new control of a page registers here and in `view.ts`, nowhere else.
 */
import type { Viewport } from '../stats/scatter';
import { readSetupTexts, setupTexts } from '../train/setup-text';
import { DEFAULT_VIEW, type RowIdentity, type ViewState } from './view';
import { LinkTextError, printList, printNumber, printText, readList, readNumber } from './text';
import { readText, unescape, type Print } from './text';

type Key = Exclude<keyof ViewState, 'filter' | 'snapshot'>;

interface KeySpec<K extends Key> {
	/** name in the link */
	readonly name: string;
	/** the field it belongs to, in words, for "… is lost" */
	readonly part: string;
	readonly print: (value: NonNullable<ViewState[K]>) => Print;
	/** the still escaped text as input for the field's schema; throws LinkTextError */
	readonly read: (text: string) => unknown;
}

const word = { print: (value: string) => () => value, read: unescape };
const flag = {
	print: (value: boolean) => () => (value ? '1' : '0'),
	read: (text: string) => (text === '1' ? true : text === '0' ? false : text),
};
const list = {
	print:
		(value: readonly string[]): Print =>
		(escape) =>
			printList(value, escape),
	read: readList,
};
const whole = {
	print: (value: number) => () => printNumber(value),
	read: (text: string) => readNumber(text) ?? text,
};
const box = {
	print:
		({ xMin, xMax, yMin, yMax }: Viewport): Print =>
		() =>
			[xMin, xMax, yMin, yMax].map(printNumber).join(','),
	read: readBox,
};

const KEYS: { readonly [K in Key]: KeySpec<K> } = {
	view: { name: 'view', part: 'view', ...word },
	sort: {
		name: 'sort',
		part: 'sort',
		print: (keys) => (escape) =>
			keys.map((key) => (key.descending ? '-' : '') + escape(key.column)).join(','),
		read: (text) =>
			readList(text).map((item) => ({
				column: item.replace(/^-/, ''),
				descending: item.startsWith('-'),
			})),
	},
	columns: { name: 'columns', part: 'columns', ...list },
	groupBy: { name: 'by', part: 'summary', ...list },
	curveBy: { name: 'curveBy', part: 'curves', ...word },
	curveBand: { name: 'curveBand', part: 'curves', ...word },
	curveTop: { name: 'curveTop', part: 'curves', ...whole },
	x: { name: 'x', part: 'plot', print: (id) => (escape) => escape(id), read: unescape },
	y: { name: 'y', part: 'plot', print: (id) => (escape) => escape(id), read: unescape },
	xLog: { name: 'xLog', part: 'plot', ...flag },
	yLog: { name: 'yLog', part: 'plot', ...flag },
	viewport: { name: 'viewport', part: 'plot', ...box },
	plot: { name: 'plot', part: 'plot page', ...word },
	plotMode: { name: 'plotMode', part: 'plot page', ...word },
	plotBoard: {
		name: 'plotBoard',
		part: 'plot page',
		print:
			({ task, dataset, metric }) =>
			(escape) =>
				printList([task, dataset, metric], escape),
		read: readBoard,
	},
	plotMetric: {
		name: 'plotMetric',
		part: 'plot page',
		print: (metric) => (escape) => printText(metric, escape),
		read: readText,
	},
	plotTop: { name: 'plotTop', part: 'plot page', ...whole },
	plotPrm: { name: 'plotPrm', part: 'plot page', ...list },
	plotEvaluator: { name: 'plotEvaluator', part: 'plot page', ...word },
	plotWindow: { name: 'plotWindow', part: 'plot page', ...box },
	report: { name: 'report', part: 'report', ...word },
	reportPictures: { name: 'reportPictures', part: 'report', ...flag },
	train: {
		name: 'train',
		part: 'training',
		print: (setup) => (escape) => printList(setupTexts(setup, printNumber), escape),
		read: (text) => readSetupTexts(readList(text), readNumber),
	},
	row: { name: 'row', part: 'open run', print: printRow, read: readRow },
	pins: {
		name: 'pins',
		part: 'pins',
		print: (rows) => (escape) => rows.map((row) => printRow(row)(escape)).join(';'),
		read: (text) => (text === '' ? [] : text.split(';').map(readRow)),
	},
	sql: {
		name: 'sql',
		part: 'SQL',
		print: (text) => (escape) => printText(text, escape),
		read: readText,
	},
	study: {
		name: 'study',
		part: 'study',
		print: (text) => (escape) => printText(text, escape),
		read: readText,
	},
	look: {
		name: 'look',
		part: 'study',
		print: (look) => (escape) => printText(JSON.stringify(look), escape),
		read: (text) => readJson(readText(text)),
	},
	theme: { name: 'theme', part: 'theme', ...word },
	lang: { name: 'lang', part: 'language', ...word },
};

/** Parts of a state in a fixed order: bit i of a link's inventory. Only ever append. */
export const PARTS = [
	'filter',
	'view',
	'sort',
	'columns',
	'summary',
	'curves',
	'plot',
	'open run',
	'pins',
	'SQL',
	'theme',
	'language',
	'plot page',
	'report',
	'training',
	'study',
] as const;

const BY_NAME: ReadonlyMap<string, Key> = new Map(
	(Object.keys(KEYS) as Key[]).map((key) => [KEYS[key].name, key]),
);

/** @returns the pairs of all fields that differ from their default */
export function printViewKeys(view: ViewState): [string, Print][] {
	const pairs: [string, Print][] = [];
	const add = <K extends Key>(key: K) => {
		const value: ViewState[K] = view[key];
		if (value === undefined || value === null || equal(value, DEFAULT_VIEW[key])) return;
		pairs.push([KEYS[key].name, KEYS[key].print(value)]);
	};
	for (const key of BY_NAME.values()) add(key);
	return pairs;
}

/**
 * @returns the field a key of a link stands for and its value as input for `readView`, or undefined
 * @throws LinkTextError when the text cannot be read
 */
export function readViewKey(name: string, text: string): [Key, unknown] | undefined {
	const key = BY_NAME.get(name);
	return key === undefined ? undefined : [key, KEYS[key].read(text)];
}

/** @returns the part that a key of a link belongs to */
export function partOf(name: string): string {
	const key = BY_NAME.get(name);
	return key === undefined ? 'filter' : KEYS[key].part;
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new LinkTextError('It is no JSON.');
	}
}

function equal(value: unknown, other: unknown): boolean {
	return value === other || JSON.stringify(value) === JSON.stringify(other);
}

function printRow(row: RowIdentity): Print {
	return (escape) => {
		const names = [row.task, row.dataset, row.metric, row.nn].map((name) =>
			printText(name, escape),
		);
		const tail = row.repeat === 0 ? [] : [printNumber(row.repeat)];
		return [...names, printNumber(row.epoch), printText(row.uid, escape), ...tail].join(',');
	};
}

function readRow(text: string): unknown {
	const parts = text.split(',');
	if (parts.length < 6 || parts.length > 7) {
		throw new LinkTextError('Expected task,dataset,metric,nn,epoch,uid.');
	}
	const [task, dataset, metric, nn] = parts.slice(0, 4).map(readText);
	const epoch = readNumber(parts[4] ?? '');
	const repeat = parts[6] === undefined ? 0 : readNumber(parts[6]);
	return { task, dataset, metric, nn, epoch, uid: readText(parts[5] ?? ''), repeat };
}

function readBox(text: string): unknown {
	const [xMin, xMax, yMin, yMax, ...more] = text.split(',').map(readNumber);
	if (more.length > 0) throw new LinkTextError('Expected four numbers.');
	return { xMin, xMax, yMin, yMax };
}

function readBoard(text: string): unknown {
	const [task, dataset, metric, ...more] = readList(text);
	if (more.length > 0) throw new LinkTextError('Expected task,dataset,metric.');
	return { task, dataset, metric };
}
