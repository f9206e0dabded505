import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { manifestSchema } from './manifest';
import { siteFiles } from './testing';

const files = siteFiles(new Uint8Array(100));
const text = new TextDecoder().decode(
	[...files].find(([url]) => url.endsWith('manifest.json'))![1],
);

/** The manifest with one text in place of another. */
const changed = (from: RegExp, to: string): unknown => JSON.parse(text.replace(from, to));

describe('manifestSchema', () => {
	it('takes what a site ships, and keys that are not known yet', () => {
		expect(v.is(manifestSchema, JSON.parse(text))).toBe(true);
		expect(v.is(manifestSchema, changed(/^\{/, '{"later": true, '))).toBe(true);
	});

	it.each([
		['another format', /"format":1/, '"format":2'],
		['no snapshot', /"snapshots":.*/, '"snapshots":[]}'],
		['a path instead of a file', /1\.0-[0-9a-f]{16}\.bin/, '../x.bin'],
		['an address instead of a file', /1\.0-[0-9a-f]{16}\.bin/, 'https://x'],
		['half a hash', /"sha256":"[0-9a-f]{32}/, '"sha256":"'],
		['a size below 0', /"bytes":100/, '"bytes":-1'],
		['a count that is none', /"trials":6/, '"trials":6.5'],
	])('refuses %s', (_, from, to) => {
		expect(text).toMatch(from);
		expect(v.is(manifestSchema, changed(from, to))).toBe(false);
	});
});
