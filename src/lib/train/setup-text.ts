/** A setup as a list of `key:value` texts, for links. Reading leaves the checking to the schema. */
import type { TrainSetup } from './setup';

const TEXTS = ['dataset', 'nn', 'transform'] as const;
const NUMBERS = ['epochs', 'seed', 'epochLimitMinutes', 'trainLimit', 'testLimit'] as const;
const PRM = 'prm.';

/** @param number prints a number so that it reads back to itself */
export function setupTexts(setup: TrainSetup, number: (value: number) => string): string[] {
	const pairs: [string, string][] = [];
	for (const key of TEXTS) if (setup[key] !== undefined) pairs.push([key, setup[key]]);
	for (const key of NUMBERS) if (setup[key] !== undefined) pairs.push([key, number(setup[key])]);
	if (setup.gate !== undefined) pairs.push(['gate', setup.gate ? '1' : '0']);
	const prm = Object.entries(setup.prm ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
	for (const [name, value] of prm) pairs.push([`${PRM}${name}`, number(value)]);
	return pairs.map(([key, value]) => `${key}:${value}`);
}

/** @returns input for `trainSetupSchema`; what cannot be read is left as text, which that refuses */
export function readSetupTexts(
	texts: readonly string[],
	number: (text: string) => number | undefined,
): unknown {
	const setup = new Map<string, unknown>();
	const prm = new Map<string, unknown>();
	for (const text of texts) {
		const cut = text.indexOf(':');
		const [key, value] = [text.slice(0, cut), text.slice(cut + 1)];
		if (cut < 0) setup.set(text, true);
		else if (key.startsWith(PRM)) prm.set(key.slice(PRM.length), number(value) ?? value);
		else if (key === 'gate') setup.set(key, value === '1' ? true : value === '0' ? false : value);
		else if (isNumber(key)) setup.set(key, number(value) ?? value);
		else setup.set(key, value);
	}
	// An own property whatever the name: `__proto__` is no hyperparameter, and is refused as one.
	if (prm.size > 0) setup.set('prm', Object.fromEntries(prm));
	return Object.fromEntries(setup);
}

function isNumber(key: string): boolean {
	return (NUMBERS as readonly string[]).includes(key);
}
