/**
 * Reads a pickle that holds plain values and NumPy arrays of bytes, and nothing else: no class of the
 * file is ever looked up, only the four names that such an array needs. Every other name, every
 * unknown instruction and every length beyond the file is an error.
 * Protocols 2 to 4; strings of Python 2 are read as Latin-1.
 */

import { build, CALLABLES, PickleError, reduce, type PickleValue } from './pickle-value';

const MARK = Symbol('mark');
const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** The instructions' letters, as they are in the file. */
const code = (letter: string) => letter.charCodeAt(0);

class Machine {
	readonly #bytes: Uint8Array;
	readonly #view: DataView;
	readonly #stack: (PickleValue | typeof MARK)[] = [];
	readonly #memo = new Map<number, PickleValue>();
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	}

	run(): PickleValue {
		for (;;) {
			const op = this.#uint(1);
			if (op === code('.')) return this.#pop();
			if (!this.#constant(op) && !this.#structure(op) && !this.#object(op))
				throw new PickleError(`it holds an instruction (${op}) that such a file does not need`);
		}
	}

	#take(count: number): Uint8Array {
		if (count < 0 || this.#at + count > this.#bytes.length)
			throw new PickleError('it ends too early');
		this.#at += count;
		return this.#bytes.subarray(this.#at - count, this.#at);
	}

	#uint(size: 1 | 2 | 4 | 8): number {
		this.#take(size);
		const at = this.#at - size;
		if (size === 1) return this.#view.getUint8(at);
		if (size === 2) return this.#view.getUint16(at, true);
		if (size === 4) return this.#view.getUint32(at, true);
		return Number(this.#view.getBigUint64(at, true));
	}

	#line(): string {
		const end = this.#bytes.indexOf(10, this.#at);
		if (end < 0 || end - this.#at > 200) throw new PickleError('it is damaged');
		const text = latin1.decode(this.#take(end - this.#at));
		this.#take(1);
		return text;
	}

	#push(value: PickleValue): true {
		this.#stack.push(value);
		return true;
	}

	#pop(): PickleValue {
		const value = this.#stack.pop();
		if (value === undefined || typeof value === 'symbol') throw new PickleError('it is damaged');
		return value;
	}

	#top(): PickleValue {
		const value = this.#pop();
		this.#push(value);
		return value;
	}

	#popMark(): PickleValue[] {
		const values: PickleValue[] = [];
		for (;;) {
			const value = this.#stack.pop();
			if (value === undefined) throw new PickleError('it is damaged');
			if (typeof value === 'symbol') return values.reverse();
			values.push(value);
		}
	}

	/** Numbers, strings, bytes. */
	#constant(op: number): boolean {
		switch (String.fromCharCode(op)) {
			case 'N':
				return this.#push(null);
			case '\x88':
				return this.#push(true);
			case '\x89':
				return this.#push(false);
			case 'K':
				return this.#push(this.#uint(1));
			case 'M':
				return this.#push(this.#uint(2));
			case 'J':
				return this.#push(this.#uint(4) | 0);
			case 'U':
				return this.#push(latin1.decode(this.#take(this.#uint(1))));
			case 'T':
				return this.#push(this.#pythonString(this.#uint(4)));
			case 'X':
				return this.#push(this.#text(this.#uint(4)));
			case '\x8c':
				return this.#push(this.#text(this.#uint(1)));
			case 'C':
				return this.#push(this.#take(this.#uint(1)));
			case 'B':
				return this.#push(this.#take(this.#uint(4)));
			case '\x8e':
				return this.#push(this.#take(this.#uint(8)));
			default:
				return false;
		}
	}

	/** A long string of Python 2 is data, a short one is a name. */
	#pythonString(length: number): PickleValue {
		const bytes = this.#take(length);
		return length > 1000 ? bytes : latin1.decode(bytes);
	}

	#text(length: number): string {
		return utf8.decode(this.#take(length));
	}

	/** Lists, dictionaries, tuples, the memo. */
	#structure(op: number): boolean {
		switch (String.fromCharCode(op)) {
			case '\x80':
				if (this.#uint(1) > 4) throw new PickleError('it is of a newer kind than 4');
				return true;
			case '\x95':
				return this.#take(8).length === 8;
			case '(':
				this.#stack.push(MARK);
				return true;
			case '}':
				return this.#push(new Map());
			case ']':
			case ')':
				return this.#push([]);
			case 't':
				return this.#push(this.#popMark());
			case '\x85':
			case '\x86':
			case '\x87': {
				const values = Array.from({ length: op - 0x84 }, () => this.#pop());
				return this.#push(values.reverse());
			}
			case 'a':
				return this.#extend([this.#pop()]);
			case 'e':
				return this.#extend(this.#popMark());
			case 's': {
				const value = this.#pop();
				return this.#set([this.#pop(), value]);
			}
			case 'u':
				return this.#set(this.#popMark());
			default:
				return this.#memory(op);
		}
	}

	#memory(op: number): boolean {
		switch (String.fromCharCode(op)) {
			case 'q':
				return this.#remember(this.#uint(1));
			case 'r':
				return this.#remember(this.#uint(4));
			case '\x94':
				return this.#remember(this.#memo.size);
			case 'h':
				return this.#push(this.#recall(this.#uint(1)));
			case 'j':
				return this.#push(this.#recall(this.#uint(4)));
			default:
				return false;
		}
	}

	#remember(index: number): true {
		this.#memo.set(index, this.#top());
		return true;
	}

	#recall(index: number): PickleValue {
		const value = this.#memo.get(index);
		if (value === undefined) throw new PickleError('it is damaged');
		return value;
	}

	#extend(values: readonly PickleValue[]): true {
		const list = this.#top();
		if (!Array.isArray(list)) throw new PickleError('it is damaged');
		for (const value of values) list.push(value);
		return true;
	}

	#set(pairs: readonly PickleValue[]): true {
		const map = this.#top();
		if (!(map instanceof Map)) throw new PickleError('it is damaged');
		for (let i = 0; i + 1 < pairs.length; i += 2) map.set(pairs[i] ?? null, pairs[i + 1] ?? null);
		return true;
	}

	/** The four names that a NumPy array needs, called by hand. */
	#object(op: number): boolean {
		switch (String.fromCharCode(op)) {
			case 'c':
				return this.#global(`${this.#line()} ${this.#line()}`);
			case '\x93': {
				const name = this.#pop();
				return this.#global(`${String(this.#pop())} ${String(name)}`);
			}
			case 'R': {
				const args = this.#pop();
				return this.#push(reduce(this.#pop(), args));
			}
			case 'b': {
				const state = this.#pop();
				build(this.#top(), state);
				return true;
			}
			default:
				return false;
		}
	}

	#global(name: string): true {
		const found = CALLABLES.get(name);
		if (!found) throw new PickleError(`it asks for “${name.slice(0, 60)}”, which is not allowed`);
		return this.#push(found);
	}
}

/** @throws PickleError for everything that is not of this kind */
export function readPickle(bytes: Uint8Array): PickleValue {
	return new Machine(bytes).run();
}
