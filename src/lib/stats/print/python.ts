/**
 * A filter as Python for LEMUR's own package and back: `ab.nn.api.data(...)` where its arguments say
 * it, pandas for the rest. This prints and reads; it runs nothing.
 */
import type { Conditions, Filter, PrmCondition, Range } from '../filter';
import { canonical, Draft, GROUP_COLUMNS, isTexts, LIST_FIELDS } from './canonical';
import { numberText, RANGE_FIELDS, rangeOf, readOurs } from './canonical';
import { Cursor, NotOurs } from './cursor';

const BEST_KINDS = ['configuration', 'net', 'run', 'epoch'] as const;

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

function printBest(best: (typeof BEST_KINDS)[number]): string {
	const group = GROUP_COLUMNS[best].map((column) =>
		column === 'prm' ? "df['prm'].map(str)" : `df['${column}']`,
	);
	return `df = df[df['accuracy'] == df.groupby([${group.join(', ')}])['accuracy'].transform('max')]`;
}

/** Masks that all must hold, each an expression of booleans, one per row. */
function printConditions(conditions: Conditions): string[] {
	const { nnPrefix, nnFamily, nnRegex, transform, source, prm, any, not } = conditions;
	const masks: string[] = [];
	for (const key of LIST_FIELDS) {
		const list = conditions[key];
		if (list) masks.push(`df['${key}'].isin(${texts(list)})`);
	}
	if (nnPrefix) masks.push(`df['nn'].str.startswith(${tuple(nnPrefix)})`);
	if (nnFamily) masks.push(`df['nn'].map(family).isin(${texts(nnFamily)})`);
	if (nnRegex !== undefined) {
		masks.push(`df['nn'].map(lambda nn: bool(re.search(${literal(nnRegex)}, nn)))`);
	}
	if (transform)
		masks.push(`df['prm'].map(lambda p: p.get('transform')).isin(${texts(transform)})`);
	if (source) masks.push(`df['nn'].map(lambda nn: 'lemur').isin(${texts(source)})`);
	for (const key of RANGE_FIELDS) {
		const range = conditions[key];
		if (range) masks.push(`df['${key}']${printRange(range)}`);
	}
	for (const [name, condition] of Object.entries(prm ?? {})) masks.push(printPrm(name, condition));
	if (any) masks.push(any.length === 0 ? NOTHING : `(${any.map(printMember).join(' | ')})`);
	for (const member of not ?? []) masks.push(`~${printMember(member)}`);
	return masks;
}

const NOTHING = "df['nn'].isna()";
const EVERYTHING = "df['nn'].notna()";

function printMember(member: Conditions): string {
	const masks = printConditions(member);
	return `(${masks.length === 0 ? EVERYTHING : masks.join(' & ')})`;
}

function printRange({ min, max }: Range): string {
	if (min !== undefined && max !== undefined) {
		return `.between(${numberText(min)}, ${numberText(max)})`;
	}
	if (min !== undefined) return `.ge(${numberText(min)})`;
	return max === undefined ? '.notna()' : `.le(${numberText(max)})`;
}

function printPrm(name: string, condition: PrmCondition): string {
	const value = `p.get(${literal(name)})`;
	const test = isTexts(condition)
		? `one_of(${value}, ${texts(condition)})`
		: `between(${[value, ...bounds(condition)].join(', ')})`;
	return `df['prm'].map(lambda p: ${test}).astype(bool)`;
}

function bounds({ min, max }: Range): string[] {
	return [
		...(min === undefined ? [] : [`low=${numberText(min)}`]),
		...(max === undefined ? [] : [`high=${numberText(max)}`]),
	];
}

function texts(values: readonly string[]): string {
	return `[${values.map(literal).join(', ')}]`;
}

function tuple(values: readonly string[]): string {
	return `(${values.map((value) => `${literal(value)},`).join(' ')})`;
}

const SHORT: ReadonlyMap<string, string> = new Map([
	...([
		['\\', '\\\\'],
		["'", "\\'"],
		['\n', '\\n'],
		['\r', '\\r'],
		['\t', '\\t'],
	] as const),
]);

/** A Python text literal; what cannot be seen is escaped. */
function literal(text: string): string {
	const body = text.replace(/[\\'\p{C}\p{Zl}\p{Zp}]/gu, (char) => {
		const code = char.codePointAt(0) ?? 0;
		const short = SHORT.get(char);
		if (short !== undefined) return short;
		const [mark, width] = code < 0x100 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8];
		return `\\${mark}${code.toString(16).padStart(Number(width), '0')}`;
	});
	return `'${body}'`;
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

const LITERAL = /'((?:[^'\\\n]|\\.)*)'/y;
const ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g;
const CONTROL: ReadonlyMap<string, string> = new Map([
	...([
		['n', '\n'],
		['r', '\r'],
		['t', '\t'],
	] as const),
]);

/** Reads exactly the dialect that is printed above. */
class PythonReader {
	readonly #in: Cursor;
	readonly #draft = new Draft();

	constructor(text: string) {
		const start = text.indexOf('df = data(');
		if (start < 0) throw new NotOurs('No call of data().');
		this.#in = new Cursor(text.slice(start));
	}

	read(): Filter {
		this.#in.expect('df = data(');
		this.#in.list(() => this.#argument(), ')');
		while (this.#in.eat('df = df[')) {
			if (this.#in.eat("df['accuracy'] ==")) this.#best();
			else this.#mask(this.#draft);
			this.#in.expect(']');
		}
		this.#in.end();
		return this.#draft.finish();
	}

	#argument(): void {
		if (this.#in.eat('only_best_accuracy=True')) return this.#draft.set('best', 'epoch');
		if (this.#in.eat('epoch=')) {
			const epoch = this.#in.number();
			return this.#draft.set('epoch', { min: epoch, max: epoch });
		}
		const key = LIST_FIELDS.find((name) => this.#in.eat(`${name}=`));
		if (key === undefined) throw new NotOurs('Unknown argument.');
		this.#draft.set(key, [this.#literal()]);
	}

	#best(): void {
		const kind = BEST_KINDS.find((one) => this.#in.eat(bestTail(one)));
		if (kind === undefined) throw new NotOurs('Unknown group.');
		this.#draft.set('best', kind);
	}

	#mask(draft: Draft): void {
		if (this.#in.eat('~')) return draft.addNot(this.#member());
		if (this.#in.eat('(')) {
			return draft.set(
				'any',
				this.#in.list(() => this.#member(), ')', '|'),
			);
		}
		if (this.#in.eat(NOTHING)) return draft.set('any', []);
		if (this.#in.eat("df['prm'].map(lambda p: p.get('transform')).isin(")) {
			return draft.set('transform', this.#texts(')'));
		}
		if (this.#in.eat("df['prm'].map(lambda p:")) return this.#prm(draft);
		if (!this.#net(draft)) this.#column(draft);
	}

	#member(): Conditions {
		return this.#in.nest(() => {
			const draft = new Draft();
			this.#in.expect('(');
			if (!this.#in.eat(EVERYTHING)) {
				do this.#mask(draft);
				while (this.#in.eat('&'));
			}
			this.#in.expect(')');
			return draft.finish();
		});
	}

	#net(draft: Draft): boolean {
		if (this.#in.eat("df['nn'].str.startswith(")) draft.set('nnPrefix', this.#tuple());
		else if (this.#in.eat("df['nn'].map(family).isin(")) draft.set('nnFamily', this.#texts(')'));
		else if (this.#in.eat("df['nn'].map(lambda nn: 'lemur').isin(")) {
			draft.set('source', this.#texts(')'));
		} else if (this.#in.eat("df['nn'].map(lambda nn: bool(re.search(")) {
			draft.set('nnRegex', this.#literal());
			this.#in.expect(', nn)))');
		} else return false;
		return true;
	}

	#column(draft: Draft): void {
		const list = LIST_FIELDS.find((name) => this.#in.eat(`df['${name}'].isin(`));
		if (list !== undefined) return draft.set(list, this.#texts(')'));
		const key = RANGE_FIELDS.find((name) => this.#in.eat(`df['${name}']`));
		if (key === undefined) throw new NotOurs('Unknown mask.');
		draft.set(key, this.#range());
	}

	#range(): Range {
		if (this.#in.eat('.notna()')) return {};
		const [between, ge] = [this.#in.eat('.between('), this.#in.eat('.ge(')];
		if (!between && !ge) this.#in.expect('.le(');
		const first = this.#in.number();
		const second = between && this.#in.eat(',') ? this.#in.number() : undefined;
		this.#in.expect(')');
		if (between) return rangeOf(first, second);
		return ge ? rangeOf(first, undefined) : rangeOf(undefined, first);
	}

	#prm(draft: Draft): void {
		const isTextList = this.#in.eat('one_of( p.get(');
		if (!isTextList) this.#in.expect('between( p.get(');
		const name = this.#literal();
		this.#in.expect(')');
		if (isTextList) {
			this.#in.expect(',');
			draft.setPrm(name, this.#texts(')'));
		} else {
			const min = this.#in.eat(', low=') ? this.#in.number() : undefined;
			const max = this.#in.eat(', high=') ? this.#in.number() : undefined;
			this.#in.expect(')');
			draft.setPrm(name, rangeOf(min, max));
		}
		this.#in.expect(').astype(bool)');
	}

	#texts(after: string): string[] {
		this.#in.expect('[');
		const values = this.#in.list(() => this.#literal(), ']');
		this.#in.expect(after);
		return values;
	}

	#tuple(): string[] {
		this.#in.expect('(');
		const values: string[] = [];
		while (!this.#in.eat(')')) {
			values.push(this.#literal());
			this.#in.expect(',');
		}
		this.#in.expect(')');
		return values;
	}

	#literal(): string {
		const body = this.#in.match(LITERAL)[1] ?? '';
		return body.replace(ESCAPE, (_, x?: string, u?: string, long?: string, char?: string) => {
			const hex = x ?? u ?? long;
			if (hex === undefined) return CONTROL.get(char ?? '') ?? char ?? '';
			const code = Number.parseInt(hex, 16);
			if (code > 0x10ffff) throw new NotOurs('No such character.');
			return String.fromCodePoint(code);
		});
	}
}

function bestTail(best: (typeof BEST_KINDS)[number]): string {
	return printBest(best).slice("df = df[df['accuracy'] == ".length, -1);
}
