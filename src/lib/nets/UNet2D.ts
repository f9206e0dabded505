/** LEMUR's UNet2D as a classifier: an encoder and a decoder whose skip connections are never read. */
import { Module, type Tensor } from '../nn';
import { mean } from '../nn/functional/reduce';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

const conv = (from: number, to: number, stride = 1) =>
	new nn.Conv2d(from, to, 3, { stride, padding: 1 });
const down = (from: number, to: number) =>
	new nn.Sequential(conv(from, to, 2), new nn.ReLU(), conv(to, to), new nn.ReLU());
const up = (from: number, to: number) =>
	new nn.Sequential(
		new nn.ConvTranspose2d(from, to, 2, { stride: 2 }),
		new nn.ReLU(),
		conv(to, to),
		new nn.ReLU(),
	);
/** what the original calls attention */
const single = (from: number, to: number) => new nn.Sequential(conv(from, to), new nn.ReLU());

class UNet extends Module {
	readonly down_blocks: nn.ModuleList;
	readonly up_blocks = new nn.ModuleList([up(128, 128), single(128, 64), up(64, 32)]);
	readonly final_conv: nn.Conv2d;

	constructor(channels: number, outputs: number) {
		super();
		this.down_blocks = new nn.ModuleList([down(channels, 32), single(32, 64), down(64, 128)]);
		this.final_conv = new nn.Conv2d(32, outputs, 1);
	}

	forward(x: Tensor): Tensor {
		const blocks = [...this.down_blocks.items, ...this.up_blocks.items];
		return this.final_conv.call(blocks.reduce((value, block) => block.call(value), x));
	}
}

class Net extends Classifier {
	protected override readonly learnSetsTrainMode = true;
	readonly unet: UNet;
	readonly classifier: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		this.unet = new UNet(channels, 128);
		this.classifier = new nn.Sequential(
			new nn.Dropout(required(prm, 'dropout')),
			new nn.Linear(128, classes),
		);
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(mean(this.unet.call(x), { dim: [2, 3] }));
	}
}

export const uNet2D: NetSpec = {
	name: 'UNet2D',
	task: 'img-classification',
	about:
		'Encoder and decoder without skip connections, averaged over the image; the time step of the original is not used.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	minimumSize: 1,
};
