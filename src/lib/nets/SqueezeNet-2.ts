/** SqueezeNet 1.1: a smaller first convolution and earlier pools. */
import * as nn from '../nn/modules';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';
import { Fire, pool, SqueezeNet } from './squeezenet';

class Net extends SqueezeNet {
	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		const features = new nn.Sequential(
			new nn.Conv2d(channels, 64, 3, { stride: 2 }),
			new nn.ReLU(),
			pool(),
			new Fire(64, 16, 64),
			new Fire(128, 16, 64),
			pool(),
			new Fire(128, 32, 128),
			new Fire(256, 32, 128),
			pool(),
			new Fire(256, 48, 192),
			new Fire(384, 48, 192),
			new Fire(384, 64, 256),
			new Fire(512, 64, 256),
		);
		super(features, classes, required(prm, 'dropout'));
	}
}

export const squeezeNet2: NetSpec = {
	name: 'SqueezeNet-2',
	task: 'img-classification',
	about: 'Eight fire modules behind a 3 × 3 convolution; pools come earlier than in SqueezeNet-1.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	// the third pool needs two rows
	minimumSize: 17,
};
