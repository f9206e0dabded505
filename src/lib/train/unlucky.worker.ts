/**
 * The training worker over real storage and devices, with small nets, made-up data and bad luck: for
 * the browser's test only. The fragment of its address says after which steps it destroys its device.
 */
import { backend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { digits } from '../datasets/digits';
import type { Tensor } from '../nn/tensor';
import { serve, type Port } from '../worker/rpc';
import type { Computing } from './engine';
import { createTrainEngine } from './engine';
import { locksBy } from './locks';
import { openRunStorage } from './open-storage';
import type { Requests } from './protocol';
import { syntheticLoader, tinyNet, TinyNet } from './testing';
import { runTrial } from './trial';

const destroyAt = new URL(import.meta.url).hash.slice(1).split(',').map(Number);
let steps = 0;

class Loops extends TinyNet {
	override forward(x: Tensor): Tensor {
		while (this.training && steps > 4);
		return super.forward(x);
	}
}

function betweenSteps(): void {
	const current = backend();
	if (destroyAt.includes(++steps) && current instanceof WebGPUBackend) current.device.destroy();
}

async function computing(): Promise<Computing> {
	return {
		...(await import('./computing')),
		netOf: (name) => (name === 'Loops' ? { ...tinyNet, name, Net: Loops } : tinyNet),
		openTrialLoader: async ({ split, batchSize }) =>
			syntheticLoader({ shuffle: split === 'train', batchSize }),
		findDataset: () => ({ ...digits, minimumAccuracy: 0.1 }),
		runTrial: (config, effects, from) => {
			const breathe = async () => {
				await effects.breathe();
				betweenSteps();
			};
			return runTrial(config, { ...effects, breathe }, from);
		},
	};
}

const scope: Port = {
	postMessage: (message, transfer) => self.postMessage(message, { transfer }),
	addEventListener: (type, listener) => self.addEventListener(type, listener),
	removeEventListener: (type, listener) => self.removeEventListener(type, listener),
};

serve<Requests>(
	scope,
	createTrainEngine({
		openStorage: openRunStorage,
		computing,
		locks: locksBy(),
		memory: () => undefined,
	}),
);
