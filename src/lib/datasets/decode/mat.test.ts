import { describe, expect, it } from 'vitest';
import { mnist } from '../mnist';
import { svhn } from '../svhn';
import fixtures from './mat-fixtures.json' with { type: 'json' };
import { mat } from './mat';
import { openFiles } from './open-files';
import { allSamples, bytesFrom, file, inflated } from './testing';

const NAME = 'train_32x32.mat';
const bytes = bytesFrom(fixtures.uint8);
const open = async (name: string, content: Uint8Array, spec = svhn) =>
	mat([file(name, content)], spec, {});

describe('SVHN’s own files, as SciPy and MATLAB write them', () => {
	it.each([
		['labels as bytes', fixtures.uint8],
		['labels as doubles, beside variables of other kinds', fixtures.double],
	])('reads pictures and labels from any sample: %s', async (_, text) => {
		const [stream] = await open(NAME, bytesFrom(text));
		if (!stream) throw new Error('no stream');
		expect([stream.split, stream.expected, stream.size]).toStrictEqual(['train', 5, [32, 32]]);
		const all = await allSamples(stream);
		expect(all.map(({ label }) => label)).toStrictEqual([3, 0, 4, 1, 5]);
		all.forEach(({ pixels }, n) => {
			const at = (y: number, x: number) => [
				...pixels.slice((y * 32 + x) * 3, (y * 32 + x) * 3 + 3),
			];
			expect(at(0, 0)).toStrictEqual([n, 0, 40 * n]);
			expect(at(5, 31)).toStrictEqual([(124 + n) % 256, 20, (36 + 40 * n) % 256]);
		});
		for (const from of [1, 4, 5])
			expect(await allSamples(stream, from)).toStrictEqual(all.slice(from));
	});

	it('reads what is not deflated, and values that lie in their tag', async () => {
		const [stream] = await open('test_32x32.mat', inflated(fixtures.plain));
		const [only] = await allSamples(stream!);
		expect([stream?.split, only?.label, only?.pixels.length]).toStrictEqual(['test', 0, 3072]);
	});

	it('is found among the formats of SVHN', async () => {
		const signal = new AbortController().signal;
		const options = { effects: {}, signal, onBytes: () => undefined };
		const streams = await openFiles([file(NAME, bytes)], svhn, options);
		expect(streams.map(({ expected }) => expected)).toStrictEqual([5]);
	});

	it('says what is wrong with a file', async () => {
		await expect(open('extra_32x32.mat', bytes)).rejects.toThrow('its name must contain “train”');
		await expect(open(NAME, bytes, mnist)).rejects.toThrow(
			'X is 32 × 32 × 3 × 5; pictures of MNIST are 28 × 28 × 1 × samples',
		);
		const newer = new TextEncoder().encode('MATLAB 7.3 MAT-file, Platform: GLNXA64'.padEnd(600));
		await expect(open(NAME, newer)).rejects.toThrow('save it as version 5');
		expect(await open('a.txt', new Uint8Array(900))).toStrictEqual([]);
		for (const length of [60, 140, 900, bytes.length - 3])
			await expect(open(NAME, bytes.subarray(0, length))).rejects.toMatchObject({
				code: 'DATASET_FILE',
			});
	});

	it('ends a changed byte with an error in words, or with other samples, but never hangs', async () => {
		const plain = inflated(fixtures.plain);
		for (const [content, step] of [
			[bytes, 23],
			[plain, 7],
		] as const)
			for (let at = 20; at < Math.min(content.length, 1_000); at += step) {
				const changed = content.slice();
				changed[at] = (changed[at] ?? 0) ^ 0x55;
				const work = open(NAME, changed).then(async ([stream]) =>
					stream ? (await allSamples(stream)).length : 0,
				);
				const code = await work.then(
					() => 'read',
					(error: unknown) => (error as { code?: string }).code,
				);
				expect(['read', 'DATASET_FILE']).toContain(code);
			}
	});
});
