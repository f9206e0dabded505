/** What optimizers share: groups of parameters with their own learning rates, and state by parameter. */
import type { Tensor as Memory } from '@tensorflow/tfjs-core';
import { keep } from '@tensorflow/tfjs-core';
import { noGrad } from '../autograd';
import { Parameter } from '../tensor';

export interface ParameterGroup {
	readonly params: readonly Parameter[];
	/** overrides the optimizer's; schedulers change it */
	lr: number;
}

export type Parameters =
	readonly Parameter[] | readonly { readonly params: readonly Parameter[]; readonly lr?: number }[];

export abstract class Optimizer {
	readonly groups: readonly ParameterGroup[];
	/** tensors of each parameter, by name; freed with the optimizer */
	readonly #state = new Map<Parameter, Map<string, Memory>>();

	constructor(parameters: Parameters, lr: number) {
		const groups: ParameterGroup[] = [];
		const single: Parameter[] = [];
		for (const one of parameters) {
			if (one instanceof Parameter) single.push(one);
			else groups.push({ params: one.params, lr: one.lr ?? lr });
		}
		this.groups = single.length > 0 ? [{ params: single, lr }, ...groups] : groups;
	}

	/** One step for every parameter that has a gradient. */
	step(): void {
		noGrad(() => {
			this.begin();
			for (const { params, lr } of this.groups)
				for (const parameter of params)
					if (parameter.grad) this.update(parameter, parameter.grad.as(parameter.layout), lr);
		});
	}

	/** Gradients away, before the next backward pass adds to them. */
	zeroGrad(): void {
		for (const { params } of this.groups) for (const parameter of params) parameter.zeroGrad();
	}

	dispose(): void {
		for (const state of this.#state.values()) for (const one of state.values()) one.dispose();
		this.#state.clear();
	}

	/** Before the first parameter of a step. */
	protected begin(): void {}

	protected abstract update(parameter: Parameter, gradient: Memory, lr: number): void;

	protected read(parameter: Parameter, name: string): Memory | undefined {
		return this.#state.get(parameter)?.get(name);
	}

	/** Keeps a tensor until it is replaced. */
	protected write(parameter: Parameter, name: string, value: Memory): Memory {
		let state = this.#state.get(parameter);
		if (!state) this.#state.set(parameter, (state = new Map<string, Memory>()));
		const old = state.get(name);
		state.set(name, keep(value));
		if (old && old !== value) old.dispose();
		return value;
	}
}
