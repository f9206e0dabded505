/** SqueezeNet 1.0 (Iandola et al., 2016). */
import * as nn from '../nn/modules';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';
import { Fire, pool, SqueezeNet } from './squeezenet';

class Net extends SqueezeNet {
	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		const features = new nn.Sequential(
			new nn.Conv2d(channels, 96, 7, { stride: 2 }),
			new nn.ReLU(),
			pool(),
			new Fire(96, 16, 64),
			new Fire(128, 16, 64),
			new Fire(128, 32, 128),
			pool(),
			new Fire(256, 32, 128),
			new Fire(256, 48, 192),
			new Fire(384, 48, 192),
			new Fire(384, 64, 256),
			pool(),
			new Fire(512, 64, 256),
		);
		super(features, classes, required(prm, 'dropout'));
	}
}

export const squeezeNet1: NetSpec = {
	name: 'SqueezeNet-1',
	task: 'img-classification',
	about: 'Eight fire modules behind a 7 × 7 convolution; the head is a convolution with ReLU.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	// the third pool needs two rows
	minimumSize: 21,
};
