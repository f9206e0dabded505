import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MAX_FRAGMENT, printFragment, readFragment } from './codec';
import { ATTACKS, escapeText, hostileLink, KEYS, packed } from './hostile-links';
import { viewSchema } from './view';

const BOMB = packed(new Uint8Array(40_000_000)).slice(0, 90_000);

/** Reads a link and checks all that must hold for any link. @returns ms it took */
function open(link: string): number {
	const began = performance.now();
	const { view, problems, unknown } = readFragment(link);
	const took = performance.now() - began;
	expect(v.safeParse(viewSchema, view).success).toBe(true);
	for (const problem of problems) expect(problem.message.length).toBeLessThan(500);
	// What was read prints and reads back: a hostile link cannot make an unshareable state.
	expect(readFragment(printFragment(view, unknown)).view).toEqual(view);
	return took;
}

/** No link may hang the page, however busy the machine of the test is. */
const HANG_MS = 1000;

describe('readFragment(hostile link)', () => {
	it('gives a valid state for 2,000 generated links, fast, and leaves Object.prototype alone', () => {
		const before = Object.getOwnPropertyNames(Object.prototype).join();
		const times: number[] = [];
		fc.assert(
			fc.property(hostileLink, (link) => {
				times.push(open(link));
			}),
			{ numRuns: 2000 },
		);
		times.sort((a, b) => a - b);
		// A few ms each on a quiet machine; a busy one may stall any single call.
		expect(times[Math.floor(times.length * 0.995)]).toBeLessThan(HANG_MS);
		expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
		expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
	});

	it('survives every attack string in every key, plain and packed', () => {
		for (const one of KEYS) {
			for (const text of ATTACKS) {
				open(`#v=1&${one}=${text}&z=1`);
				open(`#${one}=${packed(Buffer.from(escapeText(text)))}`);
			}
		}
	});

	it('never lets a reserved name into a record', () => {
		const { view, problems } = readFragment('#prm.__proto__=1..2&prm.constructor=a&nn=A');
		expect(view.filter).toEqual({ nn: ['A'] });
		expect(problems.map((one) => one.key)).toEqual(['prm']);
	});

	it.each([
		['a bomb', `#sql=${BOMB}`, 'LINK_LIMIT'],
		[
			'many small bombs',
			`#${KEYS.map((k) => `${k}a=${packed(new Uint8Array(9_000))}`).join('&')}`,
			'LINK_LIMIT',
		],
		['a long link', `#nn=${'a'.repeat(MAX_FRAGMENT)}`, 'LINK_LIMIT'],
		['100 kB of separators', '&'.repeat(99_999), undefined],
		['100 kB of commas', `#nn=${','.repeat(99_000)}`, 'LINK_VALUE'],
		['99 kB of escapes', `#nn=${'%41'.repeat(33_000)}`, 'LINK_VALUE'],
		['201 keys', `#${Array.from({ length: 201 }, (_, i) => `k${i}=1`).join('&')}`, 'LINK_LIMIT'],
		['deep nesting', `#${'any.0.'.repeat(9)}nn=A`, 'LINK_LIMIT'],
		['very deep nesting', `#${'not.0.'.repeat(16_000)}nn=A`, 'LINK_LIMIT'],
		['9 kB regular expression', `#nnRegex=${'('.repeat(9_000)}`, 'LINK_VALUE'],
		['a stack of quantifiers', `#nnRegex=${'(a+)+'.repeat(40)}`, undefined],
	])('answers %s in time', (_, link, code) => {
		let best = Infinity;
		for (let i = 0; i < 3; i++) best = Math.min(best, open(link));
		expect(best).toBeLessThan(HANG_MS);
		const codes = readFragment(link).problems.map((one) => one.code);
		if (code === undefined) expect(codes).toEqual([]);
		else expect(codes).toContain(code);
	});
});
