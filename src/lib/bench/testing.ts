/** A library without arithmetic, for tests of the race. Test support only. */
import type { Counter, Counts } from './count';
import type { Ground, Strategy } from './strategy';

export const NO_COUNTS: Counts = {
	dispatches: 0,
	passes: 0,
	submits: 0,
	uploadedBytes: 0,
	uploads: 0,
	readbacks: 0,
	pipelines: 0,
	bindGroups: 0,
	buffers: 0,
};

export const GROUND: Ground = {
	backend: 'webgpu',
	adapter: 'a test',
	software: false,
	remarks: [],
};

/** What a step of the fake asks for, and how long it takes. */
export interface Costs {
	readonly dispatches: number;
	readonly hostMs: number;
	readonly waitMs: number;
}

/** A clock and a counter that only the fake moves. */
export class FakeDevice {
	time = 0;
	counts: Counts = NO_COUNTS;

	readonly now = (): number => this.time;
	readonly count = (): Counter => ({ read: () => this.counts });

	/** @param steps taken so far are told by the loss */
	strategy({ dispatches, hostMs, waitMs }: Costs, ground: Ground = GROUND): Strategy {
		let [taken, waiting] = [0, 0];
		return {
			start: () => Promise.resolve(ground),
			prepare: (batch) => ({ batch, floats: new Float32Array(0) }),
			build: () =>
				Promise.resolve({
					step: () => {
						this.time += hostMs;
						this.counts = { ...this.counts, dispatches: this.counts.dispatches + dispatches };
						taken++;
						waiting++;
					},
					settle: () => {
						this.time += waiting * waitMs;
						waiting = 0;
						return Promise.resolve();
					},
					loss: () => Promise.resolve(1 / taken),
					tensors: () => NaN,
				}),
		};
	}
}
