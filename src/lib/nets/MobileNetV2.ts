/** MobileNetV2 (Sandler et al., 2018): inverted residuals with linear bottlenecks. */
import { init, Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { adaptiveAvgPool2d } from '../nn/functional/resample';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { convNorm } from './blocks';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

const activation = () => new nn.ReLU6();

class InvertedResidual extends Module {
	readonly conv: nn.Sequential;
	readonly #residual: boolean;

	constructor(from: number, to: number, stride: number, expand: number) {
		super();
		const hidden = from * expand;
		this.#residual = stride === 1 && from === to;
		this.conv = new nn.Sequential(
			...(expand === 1 ? [] : [convNorm(from, hidden, { kernel: 1, activation })]),
			convNorm(hidden, hidden, { stride, groups: hidden, activation }),
			new nn.Conv2d(hidden, to, 1, { bias: false }),
			new nn.BatchNorm2d(to),
		);
	}

	forward(x: Tensor): Tensor {
		const out = this.conv.call(x);
		return this.#residual ? add(x, out) : out;
	}
}

/** expansion, channels, repeats, first stride */
const STAGES = [
	[1, 16, 1, 1],
	[6, 24, 2, 2],
	[6, 32, 3, 2],
	[6, 64, 4, 2],
	[6, 96, 3, 1],
	[6, 160, 3, 2],
	[6, 320, 1, 1],
] as const;

class Net extends Classifier {
	readonly features: nn.Sequential;
	readonly classifier: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		const blocks: Module[] = [convNorm(channels, 32, { stride: 2, activation })];
		let from = 32;
		for (const [expand, to, repeats, first] of STAGES)
			for (let i = 0; i < repeats; i++) {
				blocks.push(new InvertedResidual(from, to, i === 0 ? first : 1, expand));
				from = to;
			}
		blocks.push(convNorm(from, 1280, { kernel: 1, activation }));
		this.features = new nn.Sequential(...blocks);
		this.classifier = new nn.Sequential(
			new nn.Dropout(required(prm, 'dropout')),
			new nn.Linear(1280, classes),
		);
		for (const [, module] of this.namedModules()) {
			if (module instanceof nn.Conv2d) init.kaimingNormal(module.weight, { mode: 'fan_out' });
			if (module instanceof nn.Linear) {
				init.normal(module.weight, 0, 0.01);
				if (module.bias) init.zeros(module.bias);
			}
		}
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(flatten(adaptiveAvgPool2d(this.features.call(x), 1)));
	}
}

export const mobileNetV2: NetSpec = {
	name: 'MobileNetV2',
	task: 'img-classification',
	about: 'Seventeen inverted residuals with depthwise convolutions.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	minimumSize: 1,
};
