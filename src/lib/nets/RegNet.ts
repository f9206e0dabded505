/** RegNetY-400MF (Radosavovic et al., 2020): depth 16, group width 8, squeeze and excitation of a quarter. */
import { init, Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { convNorm, SqueezeExcitation } from './blocks';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

const GROUP_WIDTH = 8;

class ResBottleneckBlock extends Module {
	readonly proj: nn.Sequential | null;
	readonly f: nn.Sequential;
	readonly activation = new nn.ReLU();

	constructor(from: number, to: number, stride: number) {
		super();
		this.proj =
			from === to && stride === 1
				? null
				: convNorm(from, to, { kernel: 1, stride, activation: null });
		this.f = new nn.Sequential({
			a: convNorm(from, to, { kernel: 1 }),
			b: convNorm(to, to, { stride, groups: to / GROUP_WIDTH }),
			// the squeezed width comes from the block's input
			se: new SqueezeExcitation(to, Math.round(0.25 * from), new nn.ReLU(), new nn.Sigmoid()),
			c: convNorm(to, to, { kernel: 1, activation: null }),
		});
	}

	forward(x: Tensor): Tensor {
		const identity = this.proj ? this.proj.call(x) : x;
		return this.activation.call(add(identity, this.f.call(x)));
	}
}

/** width and depth of each stage: w0 48, slope 27.89, multiplier 2.09, quantised */
const STAGES = [
	[48, 1],
	[104, 3],
	[208, 6],
	[440, 6],
] as const;

class Net extends Classifier {
	readonly stem: nn.Sequential;
	readonly trunk_output: nn.Sequential;
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly fc: nn.Linear;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		this.stem = convNorm(channels, 32, { stride: 2 });
		let from = 32;
		const stages = STAGES.map(([to, depth], s) => {
			const blocks = Array.from({ length: depth }, (_, i) => {
				const block = new ResBottleneckBlock(i === 0 ? from : to, to, i === 0 ? 2 : 1);
				return [`block${s + 1}-${i}`, block] as const;
			});
			from = to;
			return [`block${s + 1}`, new nn.Sequential(Object.fromEntries(blocks))] as const;
		});
		this.trunk_output = new nn.Sequential(Object.fromEntries(stages));
		this.fc = new nn.Linear(from, classes);
		for (const [, module] of this.namedModules()) {
			if (module instanceof nn.Conv2d) {
				const { kernelSize, outChannels } = module;
				init.normal(module.weight, 0, Math.sqrt(2 / (kernelSize[0] * kernelSize[1] * outChannels)));
			}
			if (module instanceof nn.Linear) {
				init.normal(module.weight, 0, 0.01);
				if (module.bias) init.zeros(module.bias);
			}
		}
	}

	forward(x: Tensor): Tensor {
		const features = this.trunk_output.call(this.stem.call(x));
		return this.fc.call(flatten(this.avgpool.call(features)));
	}
}

export const regNet: NetSpec = {
	name: 'RegNet',
	task: 'img-classification',
	about: 'RegNetY-400MF: sixteen bottlenecks with grouped convolutions and squeeze and excitation.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 1,
};
