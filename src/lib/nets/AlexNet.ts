/** AlexNet in one column (Krizhevsky, "One weird trick for parallelizing convolutional networks", 2014). */
import type { Tensor } from '../nn';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

class Net extends Classifier {
	readonly features: nn.Sequential;
	readonly avgpool = new nn.AdaptiveAvgPool2d(6);
	readonly classifier: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		const dropout = required(prm, 'dropout');
		const pool = () => new nn.MaxPool2d(3, { stride: 2 });
		const conv = (from: number, to: number) => new nn.Conv2d(from, to, 3, { padding: 1 });
		this.features = new nn.Sequential(
			new nn.Conv2d(channels, 64, 11, { stride: 4, padding: 2 }),
			new nn.ReLU(),
			pool(),
			new nn.Conv2d(64, 192, 5, { padding: 2 }),
			new nn.ReLU(),
			pool(),
			conv(192, 384),
			new nn.ReLU(),
			conv(384, 256),
			new nn.ReLU(),
			conv(256, 256),
			new nn.ReLU(),
			pool(),
		);
		this.classifier = new nn.Sequential(
			new nn.Dropout(dropout),
			new nn.Linear(256 * 6 * 6, 4096),
			new nn.ReLU(),
			new nn.Dropout(dropout),
			new nn.Linear(4096, 4096),
			new nn.ReLU(),
			new nn.Linear(4096, classes),
		);
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(flatten(this.avgpool.call(this.features.call(x))));
	}
}

export const alexNet: NetSpec = {
	name: 'AlexNet',
	task: 'img-classification',
	about: 'Five convolutions and three large fully connected layers.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	// the third pool still needs a window of 3
	minimumSize: 63,
};
