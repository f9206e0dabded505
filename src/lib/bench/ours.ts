/** The race's net in `lib/nn`, trained as LEMUR's nets are. */
import { backward } from '../nn/autograd';
import { chooseBackend } from '../nn/backend';
import { tensorCount } from '../nn/constants';
import { imageTensor } from '../nn/functional/image';
import { add } from '../nn/functional/elementwise';
import { Meter } from '../nn/meter';
import { Module } from '../nn/module';
import * as nn from '../nn/modules';
import { SGD } from '../nn/optim';
import { inStep } from '../nn/scope';
import { settle } from '../nn/settle';
import { intTensor, type Tensor } from '../nn/tensor';
import { MEAN, startValues, STD } from './data';
import type { BenchModel } from './models';
import type { Layer } from './plan';
import { LR, MOMENTUM, type Prepared, type Strategy, type Trainer } from './strategy';

class Residual extends Module {
	readonly body: Module;
	readonly shortcut: Module;

	constructor(body: Module, shortcut: Module) {
		super();
		this.body = body;
		this.shortcut = shortcut;
	}

	forward(x: Tensor): Tensor {
		return add(this.body.call(x), this.shortcut.call(x));
	}
}

const sequence = (layers: readonly Layer[]): Module => new nn.Sequential(...layers.map(moduleOf));

function moduleOf(layer: Layer): Module {
	switch (layer.kind) {
		case 'conv': {
			const { from, to, kernel, ...options } = layer;
			return new nn.Conv2d(from, to, kernel, options);
		}
		case 'norm':
			return new nn.BatchNorm2d(layer.channels);
		case 'relu':
			return new nn.ReLU();
		case 'relu6':
			return new nn.ReLU6();
		case 'maxPool':
			return new nn.MaxPool2d(2);
		case 'average':
			return new nn.Sequential(new nn.AdaptiveAvgPool2d(1), new nn.Flatten());
		case 'flatten':
			return new nn.Flatten();
		case 'linear':
			return new nn.Linear(layer.from, layer.to);
		case 'residual': {
			const shortcut = layer.shortcut.length === 0 ? new nn.Identity() : sequence(layer.shortcut);
			return new Residual(sequence(layer.body), shortcut);
		}
		default:
			return layer satisfies never;
	}
}

function trainerOf(model: BenchModel): Trainer {
	const net = sequence(model.layers);
	const parameters = net.parameters();
	for (const [i, { values }] of startValues(model).entries()) parameters[i]!.load(values);
	const optimizer = new SGD(parameters, { lr: LR, momentum: MOMENTUM });
	const criterion = new nn.CrossEntropyLoss();
	const meter = new Meter();
	const channels = Array.from({ length: model.image[2] });
	const normalisation = { mean: channels.map(() => MEAN), std: channels.map(() => STD) };
	return {
		step: ({ batch }: Prepared) =>
			inStep(() => {
				const images = imageTensor(batch.bytes, batch.shape, normalisation);
				const labels = intTensor(batch.labels, [batch.labels.length]);
				optimizer.zeroGrad();
				const loss = criterion.call(net.call(images), labels);
				meter.add(loss);
				backward(loss);
				optimizer.step();
			}),
		settle,
		async loss() {
			const { sum, count } = await meter.drain();
			return sum / count;
		},
		tensors: tensorCount,
	};
}

export const ours: Strategy = {
	async start() {
		const { backend, adapter, software, passed } = await chooseBackend('webgpu');
		return { backend, adapter, software, remarks: passed };
	},
	prepare: (batch) => ({ batch, floats: new Float32Array(0) }),
	build: (model) => Promise.resolve(trainerOf(model)),
};
