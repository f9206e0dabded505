/**
 * One pass of a net before anything is trained: does it give what its task needs, and numbers? Costs a
 * readback; for nets that a visitor brings, and for what went wrong. Knows nothing of data sets.
 */
import { noGrad } from '../nn/autograd';
import { uniforms } from '../nn/formula';
import { mul, sum } from '../nn/functional';
import { tensorBytes } from '../nn/memory';
import { withForwardHook } from '../nn/module';
import { inStep } from '../nn/scope';
import { tensor, type Tensor } from '../nn/tensor';
import type { InShape, Net, NetSpec, OutShape } from './net';

/** A net whose result is of another shape than its task's, or no numbers; says what would be right. */
export class NetOutputError extends Error {
	override readonly name = 'NetOutputError';
}

/** Images of the pass: two, since some layers need more than one. */
const IMAGES = 2;

/**
 * Runs the net in evaluation mode on two images between 0 and 1; puts the mode back.
 * @returns bytes that the forward pass holds per image
 * @throws NetOutputError; whatever the net throws, with the module's dotted path
 */
export async function probe(
	net: Net,
	{ name, task }: Pick<NetSpec, 'name' | 'task'>,
	inShape: InShape,
	[classes]: OutShape,
): Promise<number> {
	const [, ...image] = inShape;
	const training = net.training;
	net.eval();
	try {
		const peak = await inStep(async () => {
			const out = noGrad(() => net.call(noiseImage(image)));
			checkShape(name, out, expectedShape(task, image, classes));
			const values = await out.data();
			const first = values.findIndex((value) => !Number.isFinite(value));
			if (first >= 0) await explain(net, name, image, values[first]!);
			return tensorBytes();
		});
		// What is still there was made for good: parameters, when they are first needed.
		return (peak - tensorBytes()) / IMAGES;
	} finally {
		net.train(training);
	}
}

function noiseImage(image: readonly number[]): Tensor {
	const shape = [IMAGES, ...image];
	return tensor(
		uniforms(
			0,
			shape.reduce((a, b) => a * b),
		),
		shape,
	);
}

function expectedShape(task: NetSpec['task'], image: readonly number[], classes: number): number[] {
	const [, height = 0, width = 0] = image;
	return task === 'img-segmentation' ? [IMAGES, classes, height, width] : [IMAGES, classes];
}

function checkShape(name: string, { shape }: Tensor, expected: readonly number[]): void {
	if (shape.join() === expected.join()) return;
	const list = (numbers: readonly number[]) => `(${numbers.join(', ')})`;
	throw new NetOutputError(
		`${name} gives ${list(shape)} for ${IMAGES} images, expected ${list(expected)}: one number for each of ${expected[1]} classes. ` +
			'Let its last layer have as many outputs as out_shape says.',
	);
}

/** @throws NetOutputError naming the first module that gives something else than numbers */
async function explain(
	net: Net,
	name: string,
	image: readonly number[],
	value: number,
): Promise<never> {
	const names = new Map([...net.namedModules()].map(([path, module]) => [module, path]));
	const found: [path: string, sign: Tensor][] = [];
	await withForwardHook(
		(module, _inputs, output) => {
			// 0 · x is 0 for numbers alone
			found.push([names.get(module) ?? '', noGrad(() => sum(mul(output, 0)))]);
		},
		() => {
			noGrad(() => net.call(noiseImage(image)));
			return Promise.resolve();
		},
	);
	for (const [path, sign] of found) {
		if ((await sign.item()) === 0) continue;
		const where = path === '' ? 'its own forward' : path;
		throw new NetOutputError(
			`${name} gives ${value} for images between 0 and 1; the first module to do so is ${where}. ` +
				'Look there for a division by 0, a logarithm or root of something negative, or weights that are too large.',
		);
	}
	throw new NetOutputError(`${name} gives ${value} for images between 0 and 1.`);
}
