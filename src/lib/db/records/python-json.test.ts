import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePythonJson, PythonJsonError, writePythonJson, type PyValue } from './python-json';

const scalar = fc.oneof(
	fc.constant(null),
	fc.boolean(),
	fc.bigInt(),
	fc.double(),
	fc.string({ unit: 'binary' }),
);

const { value: pyValue } = fc.letrec<{ value: PyValue }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		scalar,
		fc.array(tie('value'), { maxLength: 4 }),
		fc
			.array(fc.tuple(fc.string({ unit: 'binary' }), tie('value')), { maxLength: 4 })
			.map((entries) => new Map(entries)),
	),
}));

describe('parsePythonJson()', () => {
	it('reads back what writePythonJson() wrote', () => {
		fc.assert(
			fc.property(pyValue, fc.constantFrom(undefined, 0, 4), (value, indent) => {
				const text = writePythonJson(value, indent === undefined ? {} : { indent });
				expect(text).toMatch(/^[ -~\n]*$/);
				expect(parsePythonJson(text)).toStrictEqual(value);
			}),
		);
	});

	it('agrees with JSON.parse on JSON', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				expect(plain(parsePythonJson(text))).toStrictEqual(JSON.parse(text));
			}),
		);
	});

	it('refuses what JSON.parse refuses, tokens of Python aside', () => {
		const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', '.5', 'e3', '0');
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
				const text = parts.join('');
				expect(accepts(parsePythonJson, text)).toBe(accepts(JSON.parse, text));
			}),
		);
	});

	it('keeps the kind of a number', () => {
		expect(parsePythonJson('[1, 1.0, 1e2, -0, -0.0, 9007199254740993]')).toStrictEqual([
			1n,
			1,
			100,
			0n,
			-0,
			9007199254740993n,
		]);
		expect(JSON.stringify(JSON.parse('[1.0]'))).toBe('[1]');
	});

	it('reads NaN and the infinities', () => {
		expect(parsePythonJson('[NaN, Infinity, -Infinity]')).toStrictEqual([NaN, Infinity, -Infinity]);
	});

	it('reports repeated keys and keeps the last value at the first place', () => {
		const repeated: [string, number][] = [];
		const value = parsePythonJson('{"a": 1, "b": 2, "a": 3}', {
			onRepeatedKey: (key, offset) => repeated.push([key, offset]),
		});
		expect(repeated).toStrictEqual([['a', 17]]);
		expect(value).toStrictEqual(
			new Map([
				['a', 3n],
				['b', 2n],
			]),
		);
	});

	it.each([
		['[1,\n 2\n 3]', "expected ',' or ']' at line 3 column 2"],
		['{"a" 1}', "expected ':' at line 1 column 6"],
		['{a: 1}', 'expected a key in double quotes at line 1 column 2'],
		['[{', 'expected a key in double quotes at line 1 column 3'],
		['', 'expected a value at line 1 column 1'],
		['[1] x', 'unexpected text after the value at line 1 column 5'],
		['"abc', 'text without a closing quote at line 1 column 5'],
		['"a\nb"', 'control character inside a text at line 1 column 3'],
		['"\\x"', 'unknown escape at line 1 column 2'],
		['"\\u12g4"', 'expected four hex digits after \\u at line 1 column 2'],
		['\ufeff1', 'expected a value at line 1 column 1'],
	])('says where %j is wrong', (text, message) => {
		expect(() => parsePythonJson(text)).toThrow(new RegExp(`^${escapeRegExp(message)}$`));
		expect(() => parsePythonJson(text)).toThrow(PythonJsonError);
	});

	it('stops at the depth cap', () => {
		const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
		expect(() => parsePythonJson(nested(101))).toThrow('nested deeper than 100 levels');
		expect(() => parsePythonJson(nested(100))).not.toThrow();
		expect(() => parsePythonJson('[[],[],[]]', { maxDepth: 2 })).not.toThrow();
	});
});

describe('writePythonJson()', () => {
	it("has Python's layout", () => {
		const value = new Map<string, PyValue>([
			['a', [1n, 1, []]],
			['é\u{1f600}\u007f"', new Map()],
		]);
		expect(writePythonJson(value, { indent: 4 })).toBe(
			'{\n    "a": [\n        1,\n        1.0,\n        []\n    ],\n' +
				'    "\\u00e9\\ud83d\\ude00\\u007f\\"": {}\n}',
		);
		expect(writePythonJson(value)).toBe(
			'{"a": [1, 1.0, []], "\\u00e9\\ud83d\\ude00\\u007f\\"": {}}',
		);
	});
});

/** The value as JSON.parse gives it. */
function plain(value: PyValue): unknown {
	if (typeof value === 'bigint') return Number(value) || 0;
	if (Array.isArray(value)) return value.map(plain);
	if (!(value instanceof Map)) return value;
	return Object.fromEntries(Array.from(value, ([key, item]) => [key, plain(item)]));
}

function accepts(parse: (text: string) => unknown, text: string): boolean {
	try {
		parse(text);
		return true;
	} catch {
		return false;
	}
}

function escapeRegExp(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
