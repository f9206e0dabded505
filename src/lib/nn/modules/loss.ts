/** Losses as objects, as LEMUR's `train_setup` makes them. */
import { crossEntropy, type CrossEntropyOptions } from '../functional/loss';
import type { Tensor } from '../tensor';

/** Mean cross-entropy of logits and whole-number labels. */
export class CrossEntropyLoss {
	constructor(readonly options: CrossEntropyOptions = {}) {}

	call(logits: Tensor, labels: Tensor): Tensor {
		return crossEntropy(logits, labels, this.options);
	}
}
