/**
 * A filter as SQL on LEMUR's own tables (`stat`, `prm`) and back. What stock SQLite lacks is asked of
 * functions that the site's SQL worker registers: `regexp(pattern, text)` (the REGEXP operator),
 * `lemur_family(nn)` and `lemur_source(id)`. This prints and reads; it runs nothing.
 */
import { RANGE_CONDITIONS } from '../filter';
import type { Conditions, Filter, PrmCondition, Range } from '../filter';
import { canonical, Draft, GROUP_COLUMNS, isTexts, LIST_FIELDS } from './canonical';
import { numberText, rangeOf, readOurs } from './canonical';
import { Cursor, NotOurs } from './cursor';

const COLUMNS = 'id, accuracy, epoch, duration, task, dataset, nn, transform, metric, prm';
const NAMED = [...LIST_FIELDS, 'transform'] as const;
const CALLED = { nnFamily: 'lemur_family(s.nn)', source: 'lemur_source(s.id)' } as const;
const CALLS = ['nnFamily', 'source'] as const;
const BEST_KINDS = ['configuration', 'net', 'run', 'epoch'] as const;

/**
 * @returns one SELECT that gives exactly the rows of the filter, with the columns of LEMUR's `stat`,
 * in no particular order
 */
export function toSql(filter: Filter): string {
	const { best, ...conditions } = canonical(filter);
	const where = printConditions(conditions).join('\n  AND ');
	const from = `FROM stat AS s${where === '' ? '' : `\nWHERE ${where}`}`;
	if (best === undefined) return `SELECT ${COLUMNS}\n${from}`;
	const maximum = `max(s.accuracy) OVER (PARTITION BY ${groupOf(best)}) AS best_accuracy`;
	return `SELECT ${COLUMNS}\nFROM (\nSELECT s.*, ${maximum}\n${from}\n)\nWHERE accuracy = best_accuracy`;
}

function groupOf(best: (typeof BEST_KINDS)[number]): string {
	return GROUP_COLUMNS[best].map((column) => `s.${column}`).join(', ');
}

/** Terms that all must be TRUE. */
function printConditions(conditions: Conditions): string[] {
	const { nnPrefix, nnRegex, prm, any, not } = conditions;
	const terms: string[] = [];
	for (const key of NAMED) if (conditions[key]) terms.push(`s.${key} IN ${texts(conditions[key])}`);
	for (const key of CALLS) {
		const list = conditions[key];
		if (list) terms.push(`${CALLED[key]} IN ${texts(list)}`);
	}
	if (nnPrefix) terms.push(printPrefixes(nnPrefix));
	if (nnRegex !== undefined) terms.push(`s.nn REGEXP ${literal(nnRegex)}`);
	for (const key of RANGE_CONDITIONS) {
		const range = conditions[key];
		if (range) terms.push(printRange(`s.${key}`, range));
	}
	for (const [name, condition] of Object.entries(prm ?? {})) terms.push(printPrm(name, condition));
	if (any) terms.push(any.length === 0 ? 'FALSE' : `(${any.map(printMember).join(' OR ')})`);
	for (const member of not ?? []) terms.push(`NOT ${printMember(member)}`);
	return terms;
}

/** `IS TRUE`: a comparison with a missing value is neither true nor false, and must count as false. */
function printMember(member: Conditions): string {
	const terms = printConditions(member);
	return `((${terms.length === 0 ? 'TRUE' : terms.join(' AND ')}) IS TRUE)`;
}

function printPrefixes(prefixes: readonly string[]): string {
	if (prefixes.length === 0) return `substr(s.nn, 1, 0) IN ()`;
	const one = (prefix: string) => `substr(s.nn, 1, ${[...prefix].length}) = ${literal(prefix)}`;
	return `(${prefixes.map(one).join(' OR ')})`;
}

function printRange(column: string, { min, max }: Range): string {
	if (min !== undefined && max !== undefined) {
		return `${column} BETWEEN ${numberText(min)} AND ${numberText(max)}`;
	}
	if (min !== undefined) return `${column} >= ${numberText(min)}`;
	return max === undefined ? `${column} IS NOT NULL` : `${column} <= ${numberText(max)}`;
}

/** SQLite orders every text after every number, so a range asks for numbers first. */
function printPrm(name: string, condition: PrmCondition): string {
	const value = isTexts(condition)
		? `p.value IN ${textsOrNumbers(condition)}`
		: `typeof(p.value) <> 'text' AND ${printRange('p.value', condition)}`;
	return `s.prm IN (SELECT p.uid FROM prm AS p WHERE p.name = ${literal(name)} AND ${value})`;
}

function texts(values: readonly string[]): string {
	return `(${values.map(literal).join(', ')})`;
}

/** '128' also finds the number 128, as everywhere in the site. */
function textsOrNumbers(values: readonly string[]): string {
	const numbers = values.filter((text) => text === String(Number(text)) && isFinite(Number(text)));
	return `(${[...values.map(literal), ...numbers].join(', ')})`;
}

/** A text literal; NUL would end the statement, so it is spelled as char(0). */
function literal(text: string): string {
	const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
	return parts.length === 1 ? parts.join('') : `(${parts.join(' || char(0) || ')})`;
}

/**
 * @param sql a text that `toSql` printed; blanks between tokens may differ
 * @returns the filter, or undefined when the text is anything else
 */
export function readSql(sql: string): Filter | undefined {
	return readOurs(() => new SqlReader(sql).read());
}

const LITERAL = /'((?:[^']|'')*)'/y;

/** Reads exactly the dialect that is printed above. */
class SqlReader {
	readonly #in: Cursor;

	constructor(sql: string) {
		this.#in = new Cursor(sql);
	}

	read(): Filter {
		const draft = new Draft();
		this.#in.expect(`SELECT ${COLUMNS} FROM`);
		const best = this.#in.eat('( SELECT s.*,') ? this.#bestKind() : undefined;
		if (best) this.#in.expect('FROM');
		this.#in.expect('stat AS s');
		if (this.#in.eat('WHERE')) this.#terms(draft);
		if (best) {
			this.#in.expect(') WHERE accuracy = best_accuracy');
			draft.set('best', best);
		}
		this.#in.eat(';');
		this.#in.end();
		return draft.finish();
	}

	#bestKind() {
		this.#in.expect('max(s.accuracy) OVER (PARTITION BY');
		// 'epoch' and 'run' begin as 'configuration' does: the closing bracket decides.
		const kind = BEST_KINDS.find((one) => this.#in.eat(`${groupOf(one)} ) AS best_accuracy`));
		if (kind === undefined) throw new NotOurs('Unknown group.');
		return kind;
	}

	#terms(draft: Draft): void {
		do this.#term(draft);
		while (this.#in.eat('AND'));
	}

	#term(draft: Draft): void {
		if (this.#in.eat('NOT')) draft.addNot(this.#member());
		else if (this.#in.eat('FALSE')) draft.set('any', []);
		else if (this.#in.eat('substr(s.nn, 1, 0) IN ()')) draft.set('nnPrefix', []);
		else if (this.#in.eat('s.nn REGEXP')) draft.set('nnRegex', this.#literal());
		else if (this.#in.eat('s.prm IN (SELECT p.uid FROM prm AS p WHERE p.name =')) this.#prm(draft);
		else if (this.#in.eat('( substr(s.nn, 1,')) this.#prefixes(draft);
		else if (this.#in.eat('('))
			draft.set(
				'any',
				this.#in.list(() => this.#member(), ')', 'OR'),
			);
		else if (!this.#list(draft)) this.#rangeOf(draft);
	}

	#member(): Conditions {
		return this.#in.nest(() => {
			const draft = new Draft();
			this.#in.expect('((');
			if (!this.#in.eat('TRUE')) this.#terms(draft);
			this.#in.expect(') IS TRUE)');
			return draft.finish();
		});
	}

	#list(draft: Draft): boolean {
		const key =
			NAMED.find((name) => this.#in.eat(`s.${name} IN (`)) ??
			CALLS.find((name) => this.#in.eat(`${CALLED[name]} IN (`));
		if (key === undefined) return false;
		draft.set(
			key,
			this.#in.list(() => this.#literal(), ')'),
		);
		return true;
	}

	#prefixes(draft: Draft): void {
		const prefixes: string[] = [];
		do {
			const length = this.#in.number();
			this.#in.expect(') =');
			const prefix = this.#literal();
			if ([...prefix].length !== length) throw new NotOurs('The length is another.');
			prefixes.push(prefix);
		} while (this.#in.eat('OR substr(s.nn, 1,'));
		this.#in.expect(')');
		draft.set('nnPrefix', prefixes);
	}

	#rangeOf(draft: Draft): void {
		const key = RANGE_CONDITIONS.find((name) => this.#in.eat(`s.${name}`));
		if (key === undefined) throw new NotOurs('Unknown term.');
		draft.set(key, this.#range());
	}

	#range(): Range {
		if (this.#in.eat('IS NOT NULL')) return {};
		if (this.#in.eat('>=')) return rangeOf(this.#in.number(), undefined);
		if (this.#in.eat('<=')) return rangeOf(undefined, this.#in.number());
		this.#in.expect('BETWEEN');
		const min = this.#in.number();
		this.#in.expect('AND');
		return rangeOf(min, this.#in.number());
	}

	#prm(draft: Draft): void {
		const name = this.#literal();
		this.#in.expect('AND');
		if (this.#in.eat('p.value IN (')) draft.setPrm(name, this.#textsOrNumbers());
		else {
			this.#in.expect("typeof(p.value) <> 'text' AND p.value");
			draft.setPrm(name, this.#range());
		}
		this.#in.expect(')');
	}

	#textsOrNumbers(): string[] {
		const item = () => (this.#in.atNumber() ? this.#in.number() : this.#literal());
		const items = this.#in.list(item, ')');
		return items.filter((item) => typeof item === 'string');
	}

	#literal(): string {
		if (!this.#in.eat('(')) return this.#quoted();
		const parts = [this.#quoted()];
		while (this.#in.eat('|| char(0) ||')) parts.push(this.#quoted());
		this.#in.expect(')');
		return parts.join('\0');
	}

	#quoted(): string {
		return (this.#in.match(LITERAL)[1] ?? '').replaceAll("''", "'");
	}
}
