import { describe, expect, it } from 'vitest';
import { planForDevice } from './on-device';
import { transformNamed, TRANSFORMS } from './registry';
import { resize } from './resample';
import { applySteps } from './transform';

const plan = (name: string, size: readonly [number, number] | null) =>
	planForDevice(transformNamed(name), size);

describe('planForDevice()', () => {
	it('leaves the enlarging to the device and keeps the flips', () => {
		expect(plan('norm_256_flip', [32, 32])).toMatchObject({
			resize: [256, 256],
			host: { steps: [{ op: 'flip-horizontal' }], normalise: true },
		});
		expect(plan('echo_64', [28, 20])).toMatchObject({ resize: [64, 64], host: { steps: [] } });
		expect(plan('random_vertical_flip', [32, 32])?.host.steps).toHaveLength(1);
	});

	it('keeps whole what reduces, crops, hardly grows or has pictures of different sizes', () => {
		expect(plan('norm_32', [28, 28])).toBeNull();
		expect(plan('norm_64', [200, 150])).toBeNull();
		expect(plan('norm_256', [32, 40])).toBeNull(); // the middle is cut out
		expect(plan('center_crop', [32, 32])).toBeNull();
		expect(plan('norm', [32, 32])).toBeNull();
		expect(plan('norm_256', null)).toBeNull();
	});

	it('gives the same bytes whichever of flip and resize comes first', () => {
		const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * i * 7) % 256);
		const picture = { pixels, height: 32, width: 32, channels: 3 };
		for (const spec of TRANSFORMS) {
			const parts = planForDevice(spec, [32, 32]);
			if (!parts || parts.resize[0] > 256) continue;
			const whole = applySteps(spec, picture, () => true);
			const small = applySteps(parts.host, picture, () => true);
			expect(Buffer.compare(resize(small, ...parts.resize).pixels, whole.pixels)).toBe(0);
		}
	});
});
