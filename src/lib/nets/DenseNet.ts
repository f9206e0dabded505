/** DenseNet-121 (Huang et al., 2017). In LEMUR the bottleneck's width factor is the batch size. */
import { init, Module, type Tensor } from '../nn';
import { dropout } from '../nn/functional/dropout';
import { relu } from '../nn/functional/activation';
import { adaptiveAvgPool2d } from '../nn/functional/resample';
import { cat, flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

const GROWTH = 32;
const LAYERS = [6, 12, 24, 16] as const;
const START = 64;

class DenseLayer extends Module {
	readonly norm1: nn.BatchNorm2d;
	readonly relu1 = new nn.ReLU();
	readonly conv1: nn.Conv2d;
	readonly norm2: nn.BatchNorm2d;
	readonly relu2 = new nn.ReLU();
	readonly conv2: nn.Conv2d;

	constructor(
		from: number,
		width: number,
		readonly drop: number,
	) {
		super();
		this.norm1 = new nn.BatchNorm2d(from);
		this.conv1 = new nn.Conv2d(from, width * GROWTH, 1, { bias: false });
		this.norm2 = new nn.BatchNorm2d(width * GROWTH);
		this.conv2 = new nn.Conv2d(width * GROWTH, GROWTH, 3, { padding: 1, bias: false });
	}

	forward(x: Tensor): Tensor {
		const narrow = this.conv1.call(this.relu1.call(this.norm1.call(x)));
		const fresh = this.conv2.call(this.relu2.call(this.norm2.call(narrow)));
		return dropout(fresh, this.drop, this);
	}
}

/** Every layer sees all earlier maps. */
class DenseBlock extends Module {
	readonly #layers: readonly (readonly [string, DenseLayer])[];

	constructor(count: number, from: number, width: number, drop: number) {
		super();
		this.#layers = Array.from({ length: count }, (_, i) => {
			const layer = new DenseLayer(from + i * GROWTH, width, drop);
			return [`denselayer${i + 1}`, layer] as const;
		});
	}

	override *namedChildren(): Generator<[string, Module]> {
		for (const [name, layer] of this.#layers) yield [name, layer];
	}

	forward(x: Tensor): Tensor {
		const maps = [x];
		for (const [, layer] of this.#layers) maps.push(layer.call(cat(maps, 1)));
		return cat(maps, 1);
	}
}

const transition = (from: number, to: number) =>
	new nn.Sequential({
		norm: new nn.BatchNorm2d(from),
		relu: new nn.ReLU(),
		conv: new nn.Conv2d(from, to, 1, { bias: false }),
		pool: new nn.AvgPool2d(2, { stride: 2 }),
	});

class Net extends Classifier {
	readonly features: nn.Sequential;
	readonly classifier: nn.Linear;

	constructor([batch, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		const modules: [string, Module][] = [
			['conv0', new nn.Conv2d(channels, START, 7, { stride: 2, padding: 3, bias: false })],
			['norm0', new nn.BatchNorm2d(START)],
			['relu0', new nn.ReLU()],
			['pool0', new nn.MaxPool2d(3, { stride: 2, padding: 1 })],
		];
		let width = START;
		for (const [i, count] of LAYERS.entries()) {
			const block = new DenseBlock(count, width, batch, required(prm, 'dropout'));
			modules.push([`denseblock${i + 1}`, block]);
			width += count * GROWTH;
			if (i === LAYERS.length - 1) break;
			modules.push([`transition${i + 1}`, transition(width, width / 2)]);
			width /= 2;
		}
		modules.push(['norm5', new nn.BatchNorm2d(width)]);
		this.features = new nn.Sequential(Object.fromEntries(modules));
		this.classifier = new nn.Linear(width, classes);
		for (const [, module] of this.namedModules()) {
			if (module instanceof nn.Conv2d) init.kaimingNormal(module.weight);
			if (module instanceof nn.Linear && module.bias) init.zeros(module.bias);
		}
	}

	forward(x: Tensor): Tensor {
		const features = relu(this.features.call(x));
		return this.classifier.call(flatten(adaptiveAvgPool2d(features, 1)));
	}
}

export const denseNet: NetSpec = {
	name: 'DenseNet',
	task: 'img-classification',
	about: 'DenseNet-121 whose bottlenecks are as wide as the batch is long, as in LEMUR.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	// the three transitions need a map of 8 behind the stem
	minimumSize: 29,
};
