/** Reads the Python of `python.ts` back, token by token. It never runs or guesses at other Python. */
import {
	BEST,
	RANGE_CONDITIONS,
	type Best,
	type Conditions,
	type Filter,
	type Range,
} from '../filter';
import { Draft, LIST_FIELDS, rangeOf } from './canonical';
import { Cursor, NotOurs } from './cursor';
import { EVERYTHING, NOTHING, printBest } from './python-masks';

const LITERAL = /'((?:[^'\\\n]|\\.)*)'/y;
const ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g;
const CONTROL: ReadonlyMap<string, string> = new Map([
	...([
		['n', '\n'],
		['r', '\r'],
		['t', '\t'],
	] as const),
]);

/** Reads exactly the dialect that `python.ts` prints; its methods throw NotOurs at anything else. */
export class PythonReader {
	readonly #in: Cursor;
	readonly #draft = new Draft();

	constructor(text: string) {
		const start = text.indexOf('df = data(');
		if (start < 0) throw new NotOurs('No call of data().');
		this.#in = new Cursor(text.slice(start));
	}

	/** @returns the filter that the whole text prints */
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
		const kind = BEST.find((one) => this.#in.eat(bestTail(one)));
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
		const key = RANGE_CONDITIONS.find((name) => this.#in.eat(`df['${name}']`));
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

function bestTail(best: Best): string {
	return printBest(best).slice("df = df[df['accuracy'] == ".length, -1);
}
