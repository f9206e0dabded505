import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError, decodeCheckpoint, encodeCheckpoint } from './checkpoint';
import { checkpointAfter } from './testing-runs';

describe('checkpoints as bytes', () => {
	it('come back whole, in the layout of safetensors', () => {
		const checkpoint = checkpointAfter(3);
		const bytes = encodeCheckpoint(checkpoint);
		expect(decodeCheckpoint(bytes)).toEqual(checkpoint);
		const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
		const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
		expect(header['model.conv.weight']).toEqual({
			dtype: 'F32',
			shape: [2, 25],
			data_offsets: [0, 200],
		});
		expect((8 + length) % 8).toBe(0);
		const inside = new Uint8Array(bytes.length + 3);
		inside.set(bytes, 3);
		expect(decodeCheckpoint(inside.subarray(3))).toEqual(checkpoint);
	});

	it('keep special numbers of weights, and sums that are none', () => {
		const checkpoint = checkpointAfter(1);
		const values = Float32Array.of(NaN, -0, Infinity, 1e-45);
		const weights = new Map([['w', { shape: [4], values }]]);
		const odd = {
			...checkpoint,
			loss: { sum: NaN, count: 0 },
			net: { ...checkpoint.net, weights },
		};
		const back = decodeCheckpoint(encodeCheckpoint(odd));
		expect(back.net.weights.get('w')?.values).toEqual(values);
		expect(back.loss).toEqual({ sum: 0, count: 0 });
	});

	it('of any damaged kind are refused, never half read', () => {
		const bytes = encodeCheckpoint(checkpointAfter(2));
		const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
		for (let cut = 0; cut < bytes.length; cut += 13)
			expect(() => decodeCheckpoint(bytes.subarray(0, cut))).toThrow(CheckpointError);
		fc.assert(
			fc.property(fc.nat(length + 7), fc.nat(7), (at, bit) => {
				const broken = bytes.slice();
				broken[at]! ^= 1 << bit;
				try {
					decodeCheckpoint(broken);
				} catch (error) {
					expect(error).toBeInstanceOf(CheckpointError);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
