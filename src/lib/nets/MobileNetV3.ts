/** MobileNetV3, small, with a reduced tail and a dilated last stage (Howard et al., 2019). */
import { init, Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import type { BatchNormArguments } from '../nn/modules/norm';
import { convNorm, makeDivisible, SqueezeExcitation } from './blocks';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

interface Stage {
	readonly from: number;
	readonly kernel: 3 | 5;
	readonly expanded: number;
	readonly to: number;
	readonly squeeze: boolean;
	readonly hardswish: boolean;
	readonly stride: 1 | 2;
	readonly dilation: 1 | 2;
}

const stage = (
	from: number,
	kernel: 3 | 5,
	[expanded, to]: readonly [number, number],
	flags: string,
	[stride, dilation]: readonly [1 | 2, 1 | 2] = [1, 1],
): Stage => ({
	...{ from, kernel, expanded, to, stride, dilation },
	squeeze: flags.includes('S'),
	hardswish: flags.includes('H'),
});

/** S = squeeze and excitation, H = hard swish in place of ReLU */
const STAGES: readonly Stage[] = [
	stage(16, 3, [16, 16], 'S', [2, 1]),
	stage(16, 3, [72, 24], '', [2, 1]),
	stage(24, 3, [88, 24], ''),
	stage(24, 5, [96, 40], 'SH', [2, 1]),
	stage(40, 5, [240, 40], 'SH'),
	stage(40, 5, [240, 40], 'SH'),
	stage(40, 5, [120, 48], 'SH'),
	stage(48, 5, [144, 48], 'SH'),
	stage(48, 5, [288, 48], 'SH', [2, 2]),
	stage(48, 5, [288, 48], 'SH', [1, 2]),
	stage(48, 5, [288, 48], 'SH', [1, 2]),
];

class InvertedResidual extends Module {
	readonly block: nn.Sequential;
	readonly #residual: boolean;

	constructor(one: Stage, norm: BatchNormArguments) {
		super();
		const { from, kernel, expanded, to, stride, dilation } = one;
		const activation = () => (one.hardswish ? new nn.Hardswish() : new nn.ReLU());
		this.#residual = stride === 1 && from === to;
		const depthwise = {
			...{ kernel, groups: expanded, dilation, norm, activation },
			// a dilated stage is not strided as well
			stride: dilation > 1 ? 1 : stride,
		};
		const layers: Module[] = [];
		if (expanded !== from) layers.push(convNorm(from, expanded, { kernel: 1, norm, activation }));
		layers.push(convNorm(expanded, expanded, depthwise));
		if (one.squeeze)
			layers.push(
				new SqueezeExcitation(
					expanded,
					makeDivisible(Math.floor(expanded / 4), 8),
					new nn.ReLU(),
					new nn.Hardsigmoid(),
				),
			);
		layers.push(convNorm(expanded, to, { kernel: 1, norm, activation: null }));
		this.block = new nn.Sequential(...layers);
	}

	forward(x: Tensor): Tensor {
		const out = this.block.call(x);
		return this.#residual ? add(out, x) : out;
	}
}

class Net extends Classifier {
	readonly features: nn.Sequential;
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly classifier: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		const norm = { eps: required(prm, 'norm_eps'), momentum: required(prm, 'norm_momentum') };
		const activation = () => new nn.Hardswish();
		this.features = new nn.Sequential(
			convNorm(channels, 16, { stride: 2, norm, activation }),
			...STAGES.map((one) => new InvertedResidual(one, norm)),
			convNorm(48, 288, { kernel: 1, norm, activation }),
		);
		this.classifier = new nn.Sequential(
			new nn.Linear(288, 512),
			new nn.Hardswish(),
			new nn.Dropout(required(prm, 'dropout')),
			new nn.Linear(512, classes),
		);
		for (const [, module] of this.namedModules()) {
			if (module instanceof nn.Conv2d) init.kaimingNormal(module.weight, { mode: 'fan_out' });
			if (module instanceof nn.Linear) init.normal(module.weight, 0, 0.01);
			if ((module instanceof nn.Conv2d || module instanceof nn.Linear) && module.bias)
				init.zeros(module.bias);
		}
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(flatten(this.avgpool.call(this.features.call(x))));
	}
}

export const mobileNetV3: NetSpec = {
	name: 'MobileNetV3',
	task: 'img-classification',
	about:
		'Eleven inverted residuals with squeeze and excitation, small variant, dilated at the end.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout', 'norm_eps', 'norm_momentum'],
	minimumSize: 1,
};
