/**
 * Finds the key order in which LEMUR hashed a run's hyperparameters. LEMUR's files are sorted, so
 * the order has to be searched: fixed parameters, then the net's in the order of a Python set, then
 * `batch`, `transform`; a few runs hashed the key `epoch` too. Not found = the uid is stored.
 */
import { hash } from 'node:crypto';
import { stripWhitespace } from '../../src/lib/db/records/identity';
import { compareText } from '../../src/lib/stats/text-order';
import { pythonRepr, type PyDict, type PyValue } from '../../src/lib/db/records/python-text';

/** Names of hyperparameters in hashing order; empty = alphabetical, without `epoch`. */
export type KeyOrder = readonly string[];

/** Keys that are added last, when the trial starts. */
const LAST = ['batch', 'transform'];
/** Up to so many keys all orders are tried; 7! = 5,040. */
const MOST_FREE_KEYS = 7;

/** Remembers every order it found; the outcome does not depend on what came before. */
export class KeyOrderSearch {
	/** orders found so far by key set */
	readonly #known = new Map<string, KeyOrder[]>();
	readonly #hopeless = new Set<string>();

	/**
	 * @param prm hyperparameters with `transform`, in code-point order
	 * @param epochPrm the run's hyperparameter `epoch`, if any
	 * @returns null when no order tried gives `uid`
	 */
	find(uid: string, prm: PyDict, epochPrm: PyValue | undefined): KeyOrder | null {
		if (!/^[0-9a-f]{32}$/.test(uid)) return null;
		const items = new Map(Array.from(prm, ([name, value]) => [name, itemText(name, value)]));
		if (gives(uid, items, [...items.keys()])) return [];
		if ([...items.keys()].some((name) => name.includes(','))) return null; // names are joined by it
		const withEpoch = epochPrm === undefined ? null : addEpoch(items, epochPrm);
		const candidates = withEpoch ? [items, withEpoch] : [items];
		for (const set of candidates) {
			const order = this.#orders(set).find((names) => gives(uid, set, names));
			if (order) return order;
		}
		const problem = uid + [...(withEpoch ?? items).values()].join();
		if (this.#hopeless.has(problem)) return null;
		for (const set of candidates) {
			for (const names of ordersToTry([...set.keys()])) {
				if (!gives(uid, set, names)) continue;
				this.#orders(set).push(names);
				return names;
			}
		}
		this.#hopeless.add(problem);
		return null;
	}

	#orders(items: ReadonlyMap<string, string>): KeyOrder[] {
		const key = [...items.keys()].join();
		const orders = this.#known.get(key) ?? [];
		this.#known.set(key, orders);
		return orders;
	}
}

function itemText(name: string, value: PyValue): string {
	return stripWhitespace(`${pythonRepr(name)}:${pythonRepr(value)}`);
}

function addEpoch(items: ReadonlyMap<string, string>, value: PyValue): Map<string, string> {
	const all = new Map(items).set('epoch', itemText('epoch', value));
	return new Map([...all.keys()].sort(compareText).map((name) => [name, all.get(name) ?? '']));
}

function gives(uid: string, items: ReadonlyMap<string, string>, names: KeyOrder): boolean {
	let text = '{';
	for (const name of names) text += text === '{' ? items.get(name) : `,${items.get(name)}`;
	return hash('md5', `${text}}`) === uid;
}

/** The likely orders first: LEMUR's last keys last, then any order of few keys. */
function* ordersToTry(names: readonly string[]): Generator<KeyOrder> {
	const last = LAST.filter((name) => names.includes(name));
	const free = names.filter((name) => !LAST.includes(name));
	if (free.length <= MOST_FREE_KEYS) {
		for (const order of permutations(free)) yield [...order, ...last];
	}
	if (names.length <= MOST_FREE_KEYS) yield* permutations(names);
}

function* permutations(names: readonly string[]): Generator<string[]> {
	if (names.length <= 1) yield [...names];
	for (const [i, first] of names.entries()) {
		if (names.length <= 1) return;
		const rest = names.filter((_, j) => j !== i);
		for (const order of permutations(rest)) yield [first, ...order];
	}
}
