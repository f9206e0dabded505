import { describe, expect, it } from 'vitest';
import { transformNamed } from './registry';
import { applySteps, drawsOf, isRandom, outputSize } from './transform';

describe('drawsOf()', () => {
	it('gives a sample the same draws whatever was drawn before, and others in another epoch', () => {
		const draws = (seed: number, epoch: number) =>
			Array.from({ length: 400 }, (_, sample) => drawsOf(seed, epoch, sample)(0, 0.5));
		expect(draws(1, 1)).toStrictEqual(draws(1, 1));
		expect(draws(1, 1)).not.toStrictEqual(draws(1, 2));
		expect(draws(1, 1)).not.toStrictEqual(draws(2, 1));
	});

	it('comes true as often as its probability says', () => {
		for (const p of [0.22, 0.5]) {
			let hits = 0;
			for (let sample = 0; sample < 20_000; sample++) hits += Number(drawsOf(7, 3, sample)(0, p));
			expect(Math.abs(hits / 20_000 - p)).toBeLessThan(0.012); // 3.4 standard errors
		}
	});
});

describe('outputSize()', () => {
	it('knows the size of pictures that differ only after a step that fixes it', () => {
		expect(outputSize(transformNamed('echo_64'), null)).toStrictEqual([64, 64]);
		expect(outputSize(transformNamed('norm_224_flip'), null)).toStrictEqual([224, 224]);
		expect(outputSize(transformNamed('norm'), null)).toBeNull();
		expect(outputSize(transformNamed('norm'), [28, 20])).toStrictEqual([28, 20]);
	});

	it('cuts the longer side as torchvision does', () => {
		const shorter = { ...transformNamed('norm'), steps: [{ op: 'resize-shorter', size: 33 }] };
		expect(outputSize(shorter as never, [48, 37])).toStrictEqual([42, 33]); // 42.81
	});
});

describe('applySteps()', () => {
	it('leaves a picture alone where the transform has no steps', () => {
		const picture = { pixels: new Uint8Array(12), height: 2, width: 2, channels: 3 };
		expect(applySteps(transformNamed('norm'), picture, () => true)).toBe(picture);
	});

	it('flips only when the draw says so', () => {
		const picture = { pixels: Uint8Array.of(1, 2), height: 1, width: 2, channels: 1 };
		const flip = transformNamed('echo_flip');
		expect(isRandom(flip)).toBe(true);
		expect([...applySteps(flip, picture, () => true).pixels]).toStrictEqual([2, 1]);
		expect([...applySteps(flip, picture, () => false).pixels]).toStrictEqual([1, 2]);
	});
});
