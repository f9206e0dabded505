import { beforeAll, expect, test } from 'vitest';
import { useCpu } from '../cpu';
import { inStep, keep } from '../scope';
import { Parameter, tensor } from '../tensor';
import { RMSprop, type RmspropArguments } from './rmsprop';

beforeAll(useCpu);

const START = [0.5, -1, 2];
const GRADIENTS = [
	[0.1, -0.2, 0.3],
	[0.4, 0.1, -0.3],
	[-0.2, 0.5, 0.1],
];

/** The update as PyTorch's documentation writes it, in double precision. */
function reference(options: Required<RmspropArguments>): number[] {
	const { lr, alpha, eps, weightDecay, momentum, centered } = options;
	return START.map((start, i) => {
		let [w, square, average, velocity] = [start, 0, 0, 0];
		for (const gradient of GRADIENTS) {
			const g = gradient[i]! + weightDecay * w;
			square = alpha * square + (1 - alpha) * g * g;
			average = alpha * average + (1 - alpha) * g;
			const spread = centered ? square - average * average : square;
			velocity = momentum * velocity + g / (Math.sqrt(spread) + eps);
			w -= lr * velocity;
		}
		return w;
	});
}

async function steps(options: RmspropArguments): Promise<number[]> {
	const parameter = new Parameter(() => Float32Array.from(START), [3]);
	const optimizer = new RMSprop([parameter], options);
	for (const gradient of GRADIENTS)
		await inStep(() => {
			parameter.zeroGrad();
			parameter.grad = keep(tensor(gradient, [3]));
			optimizer.step();
		});
	const values = [...(await parameter.data())];
	optimizer.dispose();
	parameter.dispose();
	return values;
}

const plain = { lr: 0.01, alpha: 0.9, eps: 1e-8, weightDecay: 0, momentum: 0, centered: false };

test.each([
	['plain', plain],
	['with decay', { ...plain, weightDecay: 0.1 }],
	['with momentum', { ...plain, momentum: 0.9 }],
	['centred', { ...plain, centered: true, momentum: 0.5, eps: 1e-3 }],
])('%s', async (_, options) => {
	const found = await steps(options);
	for (const [i, expected] of reference(options).entries())
		expect(found[i]).toBeCloseTo(expected, 5);
	const other = reference({ ...options, alpha: 0.89 });
	expect(Math.abs(found[0]! - other[0]!)).toBeGreaterThan(1e-5);
});
