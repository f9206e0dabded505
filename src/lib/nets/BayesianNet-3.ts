/** LEMUR's BayesianNet-3: LeNet with Bayesian layers. The divergence of the weights never enters the loss. */
import type { Tensor } from '../nn';
import * as nn from '../nn/modules';
import { BBBConv2d, BBBLinear, FlattenLayer } from './bayesian';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

class Net extends Classifier {
	readonly conv1: BBBConv2d;
	readonly act1 = new nn.Softplus();
	readonly pool1 = new nn.MaxPool2d(2, { stride: 2 });
	readonly conv2 = new BBBConv2d(6, 16, 5);
	readonly act2 = new nn.Softplus();
	readonly pool2 = new nn.MaxPool2d(2, { stride: 2 });
	readonly flatten = new FlattenLayer(5 * 5 * 16);
	readonly fc1 = new BBBLinear(5 * 5 * 16, 120);
	readonly act3 = new nn.Softplus();
	readonly fc2 = new BBBLinear(120, 84);
	readonly act4 = new nn.Softplus();
	readonly fc3: BBBLinear;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		this.conv1 = new BBBConv2d(channels, 6, 5);
		this.fc3 = new BBBLinear(84, classes);
	}

	forward(x: Tensor): Tensor {
		return [...this.namedChildren()].reduce((value, [, module]) => module.call(value), x);
	}
}

export const bayesianNet3: NetSpec = {
	name: 'BayesianNet-3',
	task: 'img-classification',
	about: 'LeNet with Bayesian layers; its results vary from pass to pass, in evaluation too.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 32,
	exactSize: 32,
};
