/** EfficientNet-B0 (Tan and Le, 2019). */
import { init, Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { convNorm, SqueezeExcitation } from './blocks';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

const activation = () => new nn.SiLU();

interface Block {
	readonly from: number;
	readonly to: number;
	readonly kernel: number;
	readonly stride: number;
	readonly expand: number;
	/** probability that the block is left out */
	readonly drop: number;
}

class MBConv extends Module {
	readonly block: nn.Sequential;
	readonly stochastic_depth: nn.StochasticDepth;
	readonly #residual: boolean;

	constructor({ from, to, kernel, stride, expand, drop }: Block) {
		super();
		const hidden = from * expand;
		this.#residual = stride === 1 && from === to;
		this.block = new nn.Sequential(
			...(expand === 1 ? [] : [convNorm(from, hidden, { kernel: 1, activation })]),
			convNorm(hidden, hidden, { kernel, stride, groups: hidden, activation }),
			new SqueezeExcitation(
				hidden,
				Math.max(1, Math.floor(from / 4)),
				new nn.SiLU(),
				new nn.Sigmoid(),
			),
			convNorm(hidden, to, { kernel: 1, activation: null }),
		);
		this.stochastic_depth = new nn.StochasticDepth(drop, 'row');
	}

	forward(x: Tensor): Tensor {
		const out = this.block.call(x);
		return this.#residual ? add(this.stochastic_depth.call(out), x) : out;
	}
}

/** expansion, kernel, first stride, from, to, repeats */
const STAGES = [
	[1, 3, 1, 32, 16, 1],
	[6, 3, 2, 16, 24, 2],
	[6, 5, 2, 24, 40, 2],
	[6, 3, 2, 40, 80, 3],
	[6, 5, 1, 80, 112, 3],
	[6, 5, 2, 112, 192, 4],
	[6, 3, 1, 192, 320, 1],
] as const;
const BLOCKS = 16;
const DROP = 0.2;

class Net extends Classifier {
	readonly features: nn.Sequential;
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly classifier: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		let number = 0;
		const stages = STAGES.map(([expand, kernel, stride, from, to, repeats]) => {
			const blocks = Array.from({ length: repeats }, (_, i) => {
				const drop = (DROP * number++) / BLOCKS;
				const first = i === 0;
				const size = { from: first ? from : to, to, stride: first ? stride : 1 };
				return new MBConv({ ...size, kernel, expand, drop });
			});
			return new nn.Sequential(...blocks);
		});
		this.features = new nn.Sequential(
			convNorm(channels, 32, { stride: 2, activation }),
			...stages,
			convNorm(320, 1280, { kernel: 1, activation }),
		);
		this.classifier = new nn.Sequential(
			new nn.Dropout(required(prm, 'dropout')),
			new nn.Linear(1280, classes),
		);
		for (const [, module] of this.namedModules()) {
			if (module instanceof nn.Conv2d) {
				init.kaimingNormal(module.weight, { mode: 'fan_out' });
				if (module.bias) init.zeros(module.bias);
			}
			if (module instanceof nn.Linear) {
				const bound = 1 / Math.sqrt(module.outFeatures);
				init.uniform(module.weight, -bound, bound);
				if (module.bias) init.zeros(module.bias);
			}
		}
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(flatten(this.avgpool.call(this.features.call(x))));
	}
}

export const efficientNet: NetSpec = {
	name: 'EfficientNet',
	task: 'img-classification',
	about:
		'EfficientNet-B0: sixteen inverted residuals with squeeze and excitation and stochastic depth.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	minimumSize: 1,
};
