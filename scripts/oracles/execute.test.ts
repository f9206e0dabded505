import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOracleFile, type Folders } from './execute';
import { expectClose, expectEqual, oracleNumber } from './expect';
import { reportLines } from './report';
import type { OracleFile } from './types';

let folders: Folders;

beforeAll(async () => {
	const root = await mkdtemp(join(tmpdir(), 'oracles-'));
	folders = {
		oracles: join(root, 'given'),
		ownOracles: join(root, 'own'),
		data: null,
		wheels: null,
	};
	await mkdir(join(root, 'given/area'), { recursive: true });
	await mkdir(join(root, 'own/area'), { recursive: true });
	await writeFile(join(root, 'given/area/sums.json'), '[[1, 1, 2], [1, 2, 4], null]');
	await writeFile(join(root, 'given/area/empty.json'), '[]');
	await writeFile(join(root, 'own/area/sibling.json'), '7');
});

afterAll(() => rm(join(folders.oracles, '..'), { recursive: true }));

const sums: OracleFile = {
	area: 'area',
	file: 'sums.json',
	*cases(json) {
		if (!Array.isArray(json)) throw new TypeError('no list');
		for (const row of json as (number[] | null)[]) {
			if (!row) {
				yield { name: 'none', skip: 'no numbers' };
				continue;
			}
			const [a = 0, b = 0, sum = 0] = row;
			yield { name: `${a}+${b}`, run: () => expectEqual(a + b, sum) };
		}
	},
};

describe('runOracleFile()', () => {
	it('counts what passed, failed and was skipped', async () => {
		const result = await runOracleFile('area', 'sums.json', [sums], folders);
		expect(result).toStrictEqual({
			area: 'area',
			file: 'sums.json',
			passed: 1,
			failures: [{ name: '1+2', message: 'value: expected 4, got 3' }],
			skips: [{ name: 'none', reason: 'no numbers' }],
		});
		expect(reportLines([result], ['other']).at(-1)).toBe('1 passed, 1 failed, 1 skipped');
		expect(reportLines([result], ['other'])).toContain(
			'other: no runner in this version, not counted',
		);
	});

	it('fails a file in which it finds no case, and one that it cannot read', async () => {
		const empty = await runOracleFile('area', 'empty.json', [sums], folders);
		expect(empty.failures[0]?.message).toBe('the runner found no case in it');
		const absent = await runOracleFile('area', 'absent.json', [sums], folders);
		expect(absent.failures).toHaveLength(1);
	});

	it("reads a sibling from this repository's own oracles, and has no wheel", async () => {
		const seen: unknown[] = [];
		const curious: OracleFile = {
			...sums,
			async *cases(_json, context) {
				seen.push(await context.sibling('sibling.json'), await context.wheel('1.0'));
				yield { name: 'seen', run: () => undefined };
			},
		};
		await runOracleFile('area', 'sums.json', [curious], folders);
		expect(seen).toStrictEqual([7, null]);
	});
});

describe('expectClose()', () => {
	it('holds one of two bounds', () => {
		expect(() => expectClose(1.001, 1, { relative: 0.01 })).not.toThrow();
		expect(() => expectClose(1.1, 1, { relative: 0.01 })).toThrow(
			'expected 1 within 0.01, got 1.1',
		);
		expect(() => expectClose(1e-9, 0, { absolute: 1e-8 })).not.toThrow();
		expect(() => expectClose(NaN, 1)).toThrow('got NaN');
		expect(() => expectClose(NaN, oracleNumber('NaN'))).not.toThrow();
		expect(() => expectClose(1, Infinity)).toThrow('expected Infinity');
	});
});
