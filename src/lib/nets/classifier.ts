/** What most of LEMUR's classifiers share: cross-entropy, SGD with momentum, and the ordinary loop. */
import { backward } from '../nn/autograd';
import type { TrainData } from '../nn/batches';
import { CrossEntropyLoss } from '../nn/modules/loss';
import { clipGradNorm, SGD, type Optimizer } from '../nn/optim';
import { Net, required, type Prm } from './net';

export abstract class Classifier extends Net {
	/** norm to which gradients are clipped; null = no clipping */
	protected readonly clip: number | null = 3;
	/** Whether `learn` itself switches to training mode. */
	protected readonly learnSetsTrainMode: boolean = false;
	protected criterion = new CrossEntropyLoss();
	protected optimizer: Optimizer | undefined;

	/** @throws TensorLimitError for a layer that the device cannot hold, by its dotted path */
	override trainSetup(prm: Prm): void {
		this.checkLimits();
		this.optimizer?.dispose();
		this.optimizer = new SGD(this.parameters(), {
			lr: required(prm, 'lr'),
			momentum: required(prm, 'momentum'),
		});
	}

	override async learn(trainData: TrainData): Promise<void> {
		const { optimizer } = this;
		if (!optimizer) throw new Error('learn() before trainSetup(): there is no optimizer yet.');
		if (this.learnSetsTrainMode) this.train();
		for await (const [inputs, labels] of trainData) {
			optimizer.zeroGrad();
			const loss = this.criterion.call(this.call(inputs), labels);
			backward(loss);
			if (this.clip !== null) clipGradNorm(this.parameters(), this.clip);
			optimizer.step();
		}
	}

	override dispose(): void {
		super.dispose();
		this.optimizer?.dispose();
	}
}
