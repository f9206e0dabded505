/**
 * Links that mean harm: every attack text in every key, packed or not, and good links that were altered.
 * Test code: nothing of the site imports this. The page must not call `canary` for any of them.
 */
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { printFragment } from './codec';
import { anyView } from './testing';

/** Keys of links, known ones and ones that JavaScript itself knows. */
export const KEYS = [
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
	...['plot', 'plotMode', 'plotBoard', 'plotMetric', 'plotTop', 'plotPrm', 'plotEvaluator'],
	...['plotWindow', 'report', 'reportPictures', 'train'],
	...['theme', 'lang', '__proto__', 'constructor', 'prototype', 'prm.__proto__', 'prm.constructor'],
	...['any.0.__proto__', 'toString', 'hasOwnProperty', '', 'any.-1.nn', 'any.0.any', 'prm.'],
];
/** Values that some programs run, follow or choke on. */
export const ATTACKS = [
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

/** @returns the compressed form of a value in a link */
export function packed(bytes: Uint8Array): string {
	return `!${Buffer.from(deflateSync(bytes)).toString('base64url')}`;
}

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

/** @returns a text as a value of a link holds it */
export function escapeText(text: string): string {
	return encodeURIComponent(text.toWellFormed());
}

/** Any hostile fragment, with its `#`. */
export const hostileLink: fc.Arbitrary<string> = fc.oneof(grammar, mutated);
