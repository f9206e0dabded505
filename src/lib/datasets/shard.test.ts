import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeShard, encodeShard, samplesPerShard, SHARD_BYTES, type Samples } from './shard';

const side = fc.integer({ min: 1, max: 5 });
const part = fc.tuple(side, side, fc.constantFrom(1, 3)).chain(([height, width, channels]) =>
	fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 4 }).chain((labels) => {
		const length = height * width * channels * labels.length;
		return fc
			.uint8Array({ minLength: length, maxLength: length })
			.map((pixels): Samples => ({ pixels, labels, height, width, channels }));
	}),
);

describe('shards', () => {
	it('give back samples of one size', () => {
		fc.assert(
			fc.property(part, (samples) => {
				const shard = decodeShard(encodeShard([samples], [samples.height, samples.width]));
				expect([...(shard?.labels ?? [])]).toStrictEqual(samples.labels);
				const each = samples.pixels.length / samples.labels.length;
				[...Array(samples.labels.length).keys()].forEach((i) => {
					expect(shard?.picture(i)).toStrictEqual({
						pixels: samples.pixels.subarray(i * each, (i + 1) * each),
						height: samples.height,
						width: samples.width,
					});
				});
			}),
		);
	});

	it('give back samples of different sizes', () => {
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
				const rgb = parts.map((one) => ({ ...one, channels: 1, width: one.width * one.channels }));
				const shard = decodeShard(encodeShard(rgb, null));
				let i = 0;
				for (const { labels, pixels, height, width } of rgb) {
					const each = pixels.length / labels.length;
					for (let k = 0; k < labels.length; k++, i++)
						expect(shard?.picture(i)).toStrictEqual({
							pixels: pixels.subarray(k * each, (k + 1) * each),
							height,
							width,
						});
				}
				expect(shard?.samples).toBe(i);
			}),
		);
	});

	it('are refused when they are cut, longer, or no shard', () => {
		const samples = {
			pixels: new Uint8Array(12),
			labels: [1, 2],
			height: 2,
			width: 3,
			channels: 1,
		};
		const bytes = encodeShard([samples], [2, 3]);
		for (let length = 0; length < bytes.length; length++)
			expect(decodeShard(bytes.subarray(0, length))).toBeUndefined();
		expect(decodeShard(new Uint8Array([...bytes, 0]))).toBeUndefined();
		expect(decodeShard(new Uint8Array(bytes.length))).toBeUndefined();
		expect(decodeShard(bytes)?.samples).toBe(2);
	});

	it('stay within their size', () => {
		const count = samplesPerShard(32, 32, 3);
		expect(count * (3072 + 2)).toBeLessThanOrEqual(SHARD_BYTES);
		expect((count + 1) * (3072 + 2)).toBeGreaterThan(SHARD_BYTES - 32);
		expect(samplesPerShard(9000, 9000, 3)).toBe(1);
	});
});
