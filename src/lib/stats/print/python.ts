/**
 * A filter as Python for LEMUR's own package and back: `ab.nn.api.data(...)` where its arguments say
 * it, pandas for the rest. This prints and reads; it runs nothing.
 */
import type { Conditions, Filter, Range } from '../filter';
import { canonical, LIST_FIELDS, readOurs } from './canonical';
import { NotOurs } from './cursor';
import { literal, printBest, printConditions } from './python-masks';
import { PythonReader } from './python-reader';

/** Functions that a print brings along when it needs them. */
const HELPERS = {
	family: `SIBLING = re.compile('(?:-(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]+))+$')

def family(nn):
    return SIBLING.sub('', nn) or nn`,
	between: `def between(value, low=None, high=None):
    return isinstance(value, (int, float)) and (low is None or value >= low) and (high is None or value <= high)`,
	one_of: `def one_of(value, texts):
    whole = isinstance(value, float) and value.is_integer()
    return value is not None and str(int(value) if whole else value) in texts`,
} as const;

/**
 * @returns a script whose `df` holds exactly the rows of the filter, with the columns of LEMUR's
 * `data()`. Regular expressions are Python's there, and rows that LEMUR stores twice count as one run.
 */
export function toPython(filter: Filter): string {
	const { best, ...conditions } = canonical(filter);
	const { args, rest } = splitArguments(conditions);
	const early = best === 'epoch' && isEarly(rest);
	const call = [...(early ? ['only_best_accuracy=True'] : []), ...args].join(', ');
	const lines = [`df = data(${call})`];
	for (const mask of printConditions(rest)) lines.push(`df = df[${mask}]`);
	if (best !== undefined && !early) lines.push(printBest(best));
	return [...printHeader(lines.join('\n')), ...lines, ''].join('\n');
}

/** LEMUR takes the best before all else: the same only if every condition keeps whole groups. */
function isEarly(rest: Conditions): boolean {
	return Object.keys(rest).every((key) =>
		[...LIST_FIELDS, 'epoch', 'nnPrefix', 'nnFamily', 'nnRegex'].includes(key),
	);
}

/** Conditions that an argument of `data()` states, and the others. */
function splitArguments(conditions: Conditions): { args: string[]; rest: Conditions } {
	const rest = new Map<string, unknown>(Object.entries(conditions));
	const args: string[] = [];
	for (const key of LIST_FIELDS) {
		const [only, ...more] = conditions[key] ?? [];
		// An empty text would mean "no filter" to LEMUR.
		if (!only || more.length > 0) continue;
		args.push(`${key}=${literal(only)}`);
		rest.delete(key);
	}
	const { epoch } = conditions;
	if (isOneEpoch(epoch)) {
		args.push(`epoch=${epoch.min}`);
		rest.delete('epoch');
	}
	return { args, rest: Object.fromEntries(rest) };
}

function isOneEpoch(epoch: Range | undefined): epoch is { min: number; max: number } {
	const { min, max } = epoch ?? {};
	return min !== undefined && min === max && Number.isSafeInteger(min) && min > 0;
}

function printHeader(body: string): string[] {
	const family = body.includes('.map(family)');
	const helpers = [
		...(family ? [HELPERS.family] : []),
		...(body.includes(': between(') ? [HELPERS.between] : []),
		...(body.includes(': one_of(') ? [HELPERS.one_of] : []),
	];
	return [
		...(family || body.includes('re.search(') ? ['import re', ''] : []),
		'from ab.nn.api import data',
		'',
		...helpers.flatMap((helper) => [helper, '']),
	];
}

/**
 * @param text a script that `toPython` printed
 * @returns the filter, or undefined when the text is anything else
 */
export function readPython(text: string): Filter | undefined {
	return readOurs(() => {
		const filter = new PythonReader(text).read();
		// Helpers and layout must be ours too: an edited script is not read as if it were not.
		if (toPython(filter).trim() !== text.replaceAll('\r\n', '\n').trim()) {
			throw new NotOurs('Not printed here.');
		}
		return filter;
	});
}
