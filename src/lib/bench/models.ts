/** The nets that are raced, smallest first; one entry each. Batches are small: what a step costs beside its arithmetic shows there. */
import type { Layer } from './plan';

export interface BenchModel {
	readonly title: string;
	/** one sentence: what it is */
	readonly about: string;
	/** height, width, channels */
	readonly image: readonly [number, number, number];
	readonly classes: number;
	/** images per step, unless the visitor chooses otherwise */
	readonly batch: number;
	readonly layers: readonly Layer[];
}

interface ConvArguments {
	readonly kernel?: number;
	readonly stride?: number;
	readonly groups?: number;
	readonly bias?: boolean;
	readonly padding?: number;
}

function conv(from: number, to: number, options: ConvArguments = {}): Layer {
	const { kernel = 3, stride = 1, groups = 1, bias = false } = options;
	const padding = options.padding ?? (kernel - 1) / 2;
	return { kind: 'conv', from, to, kernel, stride, padding, groups, bias };
}

const linear = (from: number, to: number): Layer => ({ kind: 'linear', from, to });
const norm = (channels: number): Layer => ({ kind: 'norm', channels });
const RELU: Layer = { kind: 'relu' };
const RELU6: Layer = { kind: 'relu6' };
const POOL: Layer = { kind: 'maxPool' };

const LENET: readonly Layer[] = [
	...[conv(1, 6, { kernel: 5, bias: true }), RELU, POOL],
	...[conv(6, 16, { kernel: 5, bias: true, padding: 0 }), RELU, POOL],
	...[{ kind: 'flatten' } as const, linear(400, 120), RELU, linear(120, 84), RELU, linear(84, 10)],
];

/** Basic block of He et al. with a projection where sizes change. */
function basicBlock(from: number, to: number, stride: number): Layer[] {
	const shortcut =
		stride === 1 && from === to ? [] : [conv(from, to, { kernel: 1, stride }), norm(to)];
	const body = [conv(from, to, { stride }), norm(to), RELU, conv(to, to), norm(to)];
	return [{ kind: 'residual', body, shortcut }, RELU];
}

/** 6 n + 2 layers for images of 32 × 32 (He et al., 2016, section 4.2). */
function resNet(n: number): readonly Layer[] {
	const blocks = [16, 32, 64].flatMap((to, stage) =>
		Array.from({ length: n }, (_, i) => {
			const first = i === 0 && stage > 0;
			return basicBlock(first ? to / 2 : to, to, first ? 2 : 1);
		}).flat(),
	);
	return [conv(3, 16), norm(16), RELU, ...blocks, { kind: 'average' }, linear(64, 10)];
}

/** Expansion, depthwise filters, linear bottleneck (Sandler et al., 2018). */
function invertedResidual(from: number, to: number, stride: number, expand = 4): Layer[] {
	const hidden = from * expand;
	const body = [
		...[conv(from, hidden, { kernel: 1 }), norm(hidden), RELU6],
		...[conv(hidden, hidden, { stride, groups: hidden }), norm(hidden), RELU6],
		...[conv(hidden, to, { kernel: 1 }), norm(to)],
	];
	return stride === 1 && from === to ? [{ kind: 'residual', body, shortcut: [] }] : body;
}

const MOBILE: readonly Layer[] = [
	...[conv(3, 16, { stride: 2 }), norm(16), RELU6],
	...invertedResidual(16, 16, 1),
	...invertedResidual(16, 24, 2),
	...invertedResidual(24, 24, 1),
	...invertedResidual(24, 32, 2),
	...[conv(32, 64, { kernel: 1 }), norm(64), RELU6],
	...[{ kind: 'average' } as const, linear(64, 10)],
];

export type ModelId = 'lenet' | 'resnet-8' | 'resnet-20' | 'mobilenet';

const COLOUR = [32, 32, 3] as const;

export const MODELS = {
	lenet: {
		title: 'LeNet-5',
		about: 'Two convolutions and three linear layers on 28 × 28 grey images.',
		image: [28, 28, 1],
		classes: 10,
		batch: 16,
		layers: LENET,
	},
	'resnet-8': {
		title: 'ResNet-8',
		about: 'Three residual blocks on 32 × 32 colour images.',
		image: COLOUR,
		classes: 10,
		batch: 4,
		layers: resNet(1),
	},
	'resnet-20': {
		title: 'ResNet-20',
		about: 'Nine residual blocks on 32 × 32 colour images.',
		image: COLOUR,
		classes: 10,
		batch: 2,
		layers: resNet(3),
	},
	mobilenet: {
		title: 'MobileNetV2-like',
		about: 'Four inverted residuals with depthwise convolutions on 32 × 32 colour images.',
		image: COLOUR,
		classes: 10,
		batch: 4,
		layers: MOBILE,
	},
} satisfies Record<ModelId, BenchModel>;

export const MODEL_IDS = Object.keys(MODELS) as readonly ModelId[]; // the keys of the table above

/** @returns the model under its id, as its common type */
export function modelOf(id: ModelId): BenchModel {
	return MODELS[id];
}
