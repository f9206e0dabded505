import fc from 'fast-check';
import { deflateSync } from 'fflate';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MAX_FRAGMENT, printFragment, readFragment } from './codec';
import { anyView } from './testing';
import { viewSchema } from './view';

const KEYS = [
	...['v', 'snap', 'z', 'task', 'dataset', 'metric', 'nn', 'nnPrefix', 'nnFamily', 'nnRegex'],
	...[
		'transform',
		'source',
		'epoch',
		'accuracy',
		'duration',
		'best',
		'prm',
		'prm.lr',
		'any',
		'not',
	],
	...['any.0', 'any.0.nn', 'not.1.any.2.prm.x', 'any.99.epoch', 'view', 'sort', 'columns', 'by'],
	...[
		'curveBy',
		'curveBand',
		'curveTop',
		'x',
		'y',
		'xLog',
		'yLog',
		'viewport',
		'row',
		'pins',
		'sql',
	],
	...['theme', 'lang', '__proto__', 'constructor', 'prototype', 'prm.__proto__', 'prm.constructor'],
	...['any.0.__proto__', 'toString', 'hasOwnProperty', '', 'any.-1.nn', 'any.0.any', 'prm.'],
];
const ATTACKS = [
	...['<script>canary()</script>', '<img src=x onerror=canary()>', '"><svg/onload=canary()>'],
	...["javascript:alert(1)//'", '{{constructor.constructor("canary()")()}}', '${canary()}', '<!--'],
	...["' OR 1=1 --", '; DROP TABLE stat', '(a+)+$', '\u202egpj.exe', '\u2066\u2069', '\0\x01\x1f'],
	...[
		'%',
		'%E0%A4',
		'%zz',
		'%00',
		'\ud800',
		'NaN',
		'Infinity',
		'-Infinity',
		'1e999',
		'9'.repeat(400),
	],
	...['..', '1..', 'a..b', ',,,,', ';;;', '~', '!', '!!', '!AAAA', '!____', '=', '=1=2', '\ufeff'],
	...[
		'__proto__',
		'constructor',
		'[object Object]',
		'null',
		'undefined',
		'{"a":1}',
		'a'.repeat(3000),
	],
];
const packed = (bytes: Uint8Array) => `!${Buffer.from(deflateSync(bytes)).toString('base64url')}`;
const BOMB = packed(new Uint8Array(40_000_000)).slice(0, 90_000);
const value = fc.oneof(
	fc.constantFrom(...ATTACKS),
	fc.constantFrom(...ATTACKS).map(escapeText),
	fc.constantFrom(...ATTACKS).map((text) => packed(Buffer.from(text))),
	fc.string({ unit: 'binary', maxLength: 60 }),
	fc.uint8Array({ maxLength: 60 }).map((bytes) => `!${Buffer.from(bytes).toString('base64url')}`),
);
const key = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...KEYS) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const grammar = fc
	.array(fc.tuple(key, value), { maxLength: 12 })
	.map((pairs) => `#${pairs.map(([k, text]) => `${k}=${text}`).join('&')}`);
/** A good link with a piece cut out, doubled or overwritten. */
const mutated = fc
	.tuple(anyView, fc.nat(), fc.nat({ max: 40 }), fc.constantFrom('', ...ATTACKS))
	.map(([view, at, length, text]) => {
		const link = printFragment(view);
		const start = at % link.length;
		return link.slice(0, start) + text + link.slice(start + length);
	});

function escapeText(text: string): string {
	return encodeURIComponent(text.toWellFormed());
}

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

describe('readFragment(hostile link)', () => {
	it('gives a valid state for 2,000 generated links, fast, and leaves Object.prototype alone', () => {
		const before = Object.getOwnPropertyNames(Object.prototype).join();
		const times: number[] = [];
		fc.assert(
			fc.property(fc.oneof(grammar, mutated), (link) => {
				times.push(open(link));
			}),
			{ numRuns: 2000 },
		);
		times.sort((a, b) => a - b);
		// A busy machine may stall any single call; all but the slowest few must be fast.
		expect(times[Math.floor(times.length * 0.995)]).toBeLessThan(50);
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
		expect(best).toBeLessThan(50);
		const codes = readFragment(link).problems.map((one) => one.code);
		if (code === undefined) expect(codes).toEqual([]);
		else expect(codes).toContain(code);
	});
});
