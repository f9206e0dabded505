import { describe, expect, it } from 'vitest';
import { cifar10 } from '../cifar-10';
import { cifar100 } from '../cifar-100';
import { parquet } from './parquet';
import { allSamples, bytesFrom, file, fixtures } from './testing';

const NAME = 'train-00000-of-00001.parquet';
const bytes = bytesFrom(fixtures.parquet);

describe('parquet', () => {
	it('reads pictures and labels over row groups, from any sample', async () => {
		const [stream] = await parquet([file(NAME, bytes)], cifar10, {});
		if (!stream) throw new Error('no stream');
		expect(stream.expected).toBe(5);
		const all = await allSamples(stream);
		expect(all.map(({ label }) => label)).toStrictEqual([3, 1, 4, 1, 5]);
		all.forEach(({ pixels }, n) => {
			const at = (y: number, x: number) => [
				...pixels.slice((y * 32 + x) * 3, (y * 32 + x) * 3 + 3),
			];
			expect(at(0, 0)).toStrictEqual([n, 0, 40 * n]);
			expect(at(5, 31)).toStrictEqual([(124 + n) % 256, 20, (36 + 40 * n) % 256]);
		});
		for (const from of [1, 2, 3, 4])
			expect(await allSamples(stream, from)).toStrictEqual(all.slice(from));
	});

	it('says what is wrong with a file', async () => {
		const read = (name: string, content: Uint8Array, spec = cifar10) =>
			parquet([file(name, content)], spec, {});
		await expect(read(NAME, bytes, cifar100)).rejects.toThrow('no column “fine_label”');
		await expect(read('part-0.parquet', bytes)).rejects.toThrow('its name must contain');
		for (const length of [4, 12, 100, bytes.length - 1])
			await expect(read(NAME, bytes.subarray(0, length))).rejects.toThrow('cut or damaged');
		expect(await read('a.txt', new Uint8Array(9))).toStrictEqual([]);
	});

	it('ends a changed byte with an error in words, or with other samples, but never hangs', async () => {
		for (let at = bytes.length - 1200; at < bytes.length; at += 17) {
			const changed = bytes.slice();
			changed[at] = (changed[at] ?? 0) ^ 0x55;
			const work = parquet([file(NAME, changed)], cifar10, {}).then(async ([stream]) =>
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
