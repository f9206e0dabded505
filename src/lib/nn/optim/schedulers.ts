/**
 * PyTorch's learning-rate schedules: `step()` once per epoch (or whatever counts), after the
 * optimizer's. Each rate is its group's first rate times a factor of the epoch.
 */
import type { Optimizer } from './optimizer';

/** What a schedule remembers. */
export interface SchedulerState {
	readonly lastEpoch: number;
	readonly baseLrs: readonly number[];
}

export abstract class Scheduler {
	/** epochs that were stepped over */
	lastEpoch = 0;
	#baseLrs: readonly number[];

	constructor(protected readonly optimizer: Optimizer) {
		this.#baseLrs = optimizer.groups.map(({ lr }) => lr);
	}

	/** @returns the rate in an epoch, from the group's first one */
	protected abstract rate(base: number, epoch: number): number;

	step(): void {
		this.lastEpoch++;
		this.apply();
	}

	/** Rates as they are now, by group. */
	getLastLr(): readonly number[] {
		return this.optimizer.groups.map(({ lr }) => lr);
	}

	stateDict(): SchedulerState {
		return { lastEpoch: this.lastEpoch, baseLrs: this.#baseLrs };
	}

	/** @throws RangeError when the state is of an optimizer with other groups */
	loadStateDict({ lastEpoch, baseLrs }: SchedulerState): void {
		if (baseLrs.length !== this.#baseLrs.length)
			throw new RangeError(
				`The schedule is of ${baseLrs.length} groups, this optimizer has ${this.#baseLrs.length}.`,
			);
		this.lastEpoch = lastEpoch;
		this.#baseLrs = baseLrs;
		this.apply();
	}

	/** Sets the rates of this epoch; schedules that begin elsewhere than at the first rate call it at once. */
	protected apply(): void {
		for (const [i, group] of this.optimizer.groups.entries())
			group.lr = this.rate(this.#baseLrs[i]!, this.lastEpoch);
	}
}

/** Times `gamma` every `stepSize` epochs. */
export class StepLR extends Scheduler {
	constructor(
		optimizer: Optimizer,
		readonly stepSize: number,
		readonly gamma = 0.1,
	) {
		super(optimizer);
	}

	protected override rate(base: number, epoch: number): number {
		return base * this.gamma ** Math.floor(epoch / this.stepSize);
	}
}

/** Times `gamma` at each milestone. */
export class MultiStepLR extends Scheduler {
	constructor(
		optimizer: Optimizer,
		readonly milestones: readonly number[],
		readonly gamma = 0.1,
	) {
		super(optimizer);
	}

	protected override rate(base: number, epoch: number): number {
		return base * this.gamma ** this.milestones.filter((one) => one <= epoch).length;
	}
}

/** Times `gamma` every epoch. */
export class ExponentialLR extends Scheduler {
	constructor(
		optimizer: Optimizer,
		readonly gamma: number,
	) {
		super(optimizer);
	}

	protected override rate(base: number, epoch: number): number {
		return base * this.gamma ** epoch;
	}
}

/** Half a cosine down to `etaMin` in `tMax` epochs, and up again after them. */
export class CosineAnnealingLR extends Scheduler {
	constructor(
		optimizer: Optimizer,
		readonly tMax: number,
		readonly etaMin = 0,
	) {
		super(optimizer);
	}

	protected override rate(base: number, epoch: number): number {
		const share = (1 + Math.cos((Math.PI * epoch) / this.tMax)) / 2;
		return this.etaMin + (base - this.etaMin) * share;
	}
}

interface LinearArguments {
	readonly startFactor?: number;
	readonly endFactor?: number;
	readonly totalIters?: number;
}

/** From one factor to another in a straight line: warming up. */
export class LinearLR extends Scheduler {
	readonly #line: Required<LinearArguments>;

	constructor(optimizer: Optimizer, options: LinearArguments = {}) {
		super(optimizer);
		this.#line = { startFactor: 1 / 3, endFactor: 1, totalIters: 5, ...options };
		this.apply();
	}

	protected override rate(base: number, epoch: number): number {
		const { startFactor, endFactor, totalIters } = this.#line;
		const share = Math.min(epoch, totalIters) / totalIters;
		return base * (startFactor + (endFactor - startFactor) * share);
	}
}

/** Times whatever the function says of the epoch. */
export class LambdaLR extends Scheduler {
	constructor(
		optimizer: Optimizer,
		readonly factor: (epoch: number) => number,
	) {
		super(optimizer);
		this.apply();
	}

	protected override rate(base: number, epoch: number): number {
		return base * this.factor(epoch);
	}
}
