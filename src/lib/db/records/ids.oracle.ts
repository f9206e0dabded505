/** Oracle runner of ids.json: identities of source files. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import { sha256 } from '../../../../scripts/oracles/python-values';
import type { OracleCase, OracleFile, SkippedCase, Wheel } from '../../../../scripts/oracles/types';
import { codeId, identity, stripWhitespace } from './identity';

const source = v.looseObject({
	kind: v.picklist(['nn', 'metric', 'transform']),
	name: v.string(),
	id: v.string(),
	source_bytes: v.number(),
	source_sha256: v.string(),
	stripped_length_utf8: v.number(),
	name_suffix_is_id: v.nullable(v.boolean()),
});
const totals = v.looseObject({
	net_sources: v.number(),
	names_ending_in_32_hex: v.number(),
	of_these_equal_to_the_id: v.number(),
	sources_with_carriage_returns: v.number(),
	sources_with_non_ascii: v.number(),
	sources_with_byte_order_mark: v.number(),
});
const format = v.looseObject({
	versions: v.looseObject({ lemur: v.string() }),
	totals,
	sources: v.array(source),
	whitespace_code_points: v.array(
		v.looseObject({ code_point: v.string(), removed: v.boolean(), md5_of_a_x_b: v.string() }),
	),
	texts: v.array(
		v.looseObject({
			name: v.string(),
			text_json: v.string(),
			stripped: v.string(),
			md5: v.string(),
		}),
	),
});

const ids: OracleFile = {
	area: 'records',
	file: 'ids.json',
	async *cases(json, context) {
		const oracle = v.parse(format, json);
		const wheel = await context.wheel(oracle.versions.lemur);
		for (const expected of oracle.sources) yield sourceCase(expected, wheel);
		yield wheel
			? {
					name: 'totals',
					run: async () => expectEqual({ ...(await count(wheel)) }, { ...oracle.totals }),
				}
			: { name: 'totals', skip: 'needs the nn-dataset wheel (WHEELS_DIR)' };
		for (const { code_point, removed, md5_of_a_x_b } of oracle.whitespace_code_points) {
			yield {
				name: `white space ${code_point}`,
				run() {
					const text = `a${String.fromCodePoint(Number.parseInt(code_point.slice(2), 16))}b`;
					expectEqual(stripWhitespace(text) === 'ab', removed, 'removed');
					expectEqual(identity(text), md5_of_a_x_b, 'identity');
				},
			};
		}
		for (const { name, text_json, stripped, md5 } of oracle.texts) {
			yield {
				name: `text ${name}`,
				run() {
					expectEqual(stripWhitespace(text_json), stripped, 'stripped text');
					expectEqual(identity(text_json), md5, 'identity');
				},
			};
		}
	},
};

function sourceCase(
	expected: v.InferOutput<typeof source>,
	wheel: Wheel | null,
): OracleCase | SkippedCase {
	const name = `source of ${expected.kind} ${expected.name}`;
	if (!wheel) return { name, skip: 'needs the nn-dataset wheel (WHEELS_DIR)' };
	return {
		name,
		async run() {
			const bytes = await wheel.read(`ab/nn/${expected.kind}/${expected.name}.py`);
			expectEqual(bytes.length, expected.source_bytes, 'bytes');
			expectEqual(sha256(bytes), expected.source_sha256, 'SHA-256');
			const text = decode(bytes);
			const stripped = new TextEncoder().encode(stripWhitespace(text)).length;
			expectEqual(stripped, expected.stripped_length_utf8, 'stripped length');
			expectEqual(codeId(text), expected.id, 'id');
			const suffix = idSuffix(expected.name);
			const isId = suffix === null ? null : suffix === expected.id;
			expectEqual(isId, expected.name_suffix_is_id, 'name ends in the id');
		},
	};
}

async function count(wheel: Wheel): Promise<v.InferOutput<typeof totals>> {
	const result = {
		net_sources: 0,
		names_ending_in_32_hex: 0,
		of_these_equal_to_the_id: 0,
		sources_with_carriage_returns: 0,
		sources_with_non_ascii: 0,
		sources_with_byte_order_mark: 0,
	};
	for (const path of wheel.names) {
		const name = /^ab\/nn\/nn\/([^/]+)\.py$/.exec(path)?.[1];
		if (name === undefined || name === '__init__') continue;
		const bytes = await wheel.read(path);
		const suffix = idSuffix(name);
		result.net_sources++;
		if (suffix !== null) result.names_ending_in_32_hex++;
		if (suffix === codeId(decode(bytes))) result.of_these_equal_to_the_id++;
		if (bytes.includes(13)) result.sources_with_carriage_returns++;
		if (bytes.some((byte) => byte > 127)) result.sources_with_non_ascii++;
		if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
			result.sources_with_byte_order_mark++;
		}
	}
	return result;
}

function idSuffix(name: string): string | null {
	return /-([0-9a-f]{32})$/.exec(name)?.[1] ?? null;
}

/** Python keeps a byte order mark, which TextDecoder would drop. */
function decode(bytes: Uint8Array): string {
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

export const oracles = [ids];
