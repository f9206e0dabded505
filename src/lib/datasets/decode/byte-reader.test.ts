import { expect, it } from 'vitest';
import { ByteReader } from './byte-reader';

const inPieces = (...pieces: readonly (readonly number[])[]) =>
	new ByteReader(
		new ReadableStream({
			start(controller) {
				for (const piece of pieces) controller.enqueue(Uint8Array.from(piece));
				controller.close();
			},
		}),
	);

it('reads and skips over the stream’s own pieces', async () => {
	const reader = inPieces([1, 2], [], [3, 4, 5], [6]);
	expect([...(await reader.read(1))]).toEqual([1]);
	expect([...(await reader.read(3))]).toEqual([2, 3, 4]);
	await reader.skip(1);
	expect([...(await reader.read(0))]).toEqual([]);
	expect([...(await reader.read(1))]).toEqual([6]);
});

it('says how much is missing at the end', async () => {
	const reader = inPieces([1, 2, 3]);
	await expect(reader.read(5)).rejects.toThrow('The stream ends 2 bytes too early.');
});

it('can be closed at any time', async () => {
	const reader = inPieces([1, 2, 3]);
	await reader.read(1);
	reader.close();
	await expect(reader.skip(5)).rejects.toThrow(RangeError);
});
