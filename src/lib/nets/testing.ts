/** Small nets and their data for tests. Test support only. */
import { batches, type TrainData } from '../nn/batches';
import { uniforms } from '../nn/formula';
import { flatten } from '../nn/functional/shape';
import type { Module } from '../nn/module';
import * as nn from '../nn/modules';
import { intTensor, tensor, type Tensor } from '../nn/tensor';
import { Classifier } from './classifier';
import type { NetSpec } from './net';

export const IN_SHAPE = [4, 3, 8, 8] as const;
export const CLASSES = 5;
export const PRM = { lr: 0.01, momentum: 0.9 };

/** Convolution, normalisation, dropout, linear layer; `head` in the place of the last, for faults. */
export class SmallNet extends Classifier {
	readonly conv1 = new nn.Conv2d(3, 4, 3, { padding: 1 });
	readonly bn1 = new nn.BatchNorm2d(4);
	readonly relu = new nn.ReLU();
	readonly drop = new nn.Dropout(0.2);
	readonly head: Module;

	constructor(head: Module = new nn.Linear(4 * 8 * 8, CLASSES)) {
		super();
		this.head = head;
	}

	forward(x: Tensor): Tensor {
		const features = this.drop.call(this.relu.call(this.bn1.call(this.conv1.call(x))));
		return this.head.call(flatten(features));
	}
}

export const SMALL: NetSpec = {
	name: 'Small',
	task: 'img-classification',
	about: 'A net for tests.',
	Net: SmallNet as unknown as NetSpec['Net'], // tests build it themselves
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 8,
};

/** @param at what the batch with this number does in place of being made */
export function data(count: number, at: (index: number) => void = () => undefined): TrainData {
	const [n, ...image] = IN_SHAPE;
	const size = IN_SHAPE.reduce<number>((product, one) => product * one, 1);
	return batches((i) => {
		if (i === count) return undefined;
		at(i);
		const labels = Array.from({ length: n }, (_, k) => (k + i) % CLASSES);
		return [tensor(uniforms(i, size), [n, ...image]), intTensor(labels, [n])] as const;
	});
}
