/** What optimizers share: groups of parameters with their own learning rates, and state by parameter. */
import type { Tensor as Memory } from '@tensorflow/tfjs-core';
import { fill, keep } from '@tensorflow/tfjs-core';
import { noGrad } from '../autograd';
import { Parameter, ShapeError, Tensor, toMemory } from '../tensor';
import { hasKernel, type KernelName } from '../webgpu/kernels';
import { ClippedGradient } from './clipped';

export interface ParameterGroup {
	readonly params: readonly Parameter[];
	/** overrides the optimizer's; schedulers change it */
	lr: number;
}

export type Parameters =
	readonly Parameter[] | readonly { readonly params: readonly Parameter[]; readonly lr?: number }[];

/** What an optimizer remembers: PyTorch's `state_dict()`. Parameters count through all groups. */
export interface OptimizerState {
	/** learning rate of each group */
	readonly lrs: readonly number[];
	/** steps taken, by parameter; empty for optimizers that do not count */
	readonly steps: readonly (number | null)[];
	/** in logical order; null: the parameter has none yet */
	readonly tensors: readonly {
		readonly parameter: number;
		readonly name: string;
		readonly values: Float32Array;
	}[];
}

export abstract class Optimizer {
	readonly groups: readonly ParameterGroup[];
	/** steps taken, for optimizers whose step depends on it */
	protected readonly steps = new Map<Parameter, number>();
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
			for (const { params, lr } of this.groups) {
				const owners = params.filter(({ grad }) => grad !== null);
				if (owners.length > 0 && hasKernel(this.kernel)) this.updateAll(owners, lr);
				else
					for (const parameter of owners)
						this.update(parameter, parameter.grad!.as(parameter.layout), lr);
			}
		});
	}

	/** Gradients away, before the next backward pass adds to them. */
	zeroGrad(): void {
		for (const { params } of this.groups) for (const parameter of params) parameter.zeroGrad();
	}

	/** @returns a copy of everything but the weights; a readback */
	async stateDict(): Promise<OptimizerState> {
		const owners = this.#parameters();
		const tensors = [];
		for (const [parameter, owner] of owners.entries())
			for (const [name, memory] of this.#state.get(owner) ?? []) {
				const value = new Tensor(memory, owner.shape, owner.layout);
				tensors.push({ parameter, name, values: Float32Array.from(await value.data()) });
			}
		const steps = this.steps.size === 0 ? [] : owners.map((one) => this.steps.get(one) ?? null);
		return { lrs: this.groups.map(({ lr }) => lr), steps, tensors };
	}

	/**
	 * Goes on from a state of an optimizer over the same parameters in the same groups.
	 * @throws ShapeError when they are not; nothing is changed then
	 */
	loadStateDict({ lrs, steps, tensors }: OptimizerState): void {
		const owners = this.#parameters();
		const fits = tensors.every(
			({ parameter, values }) => owners[parameter]?.size === values.length,
		);
		if (!fits || lrs.length !== this.groups.length || steps.length > owners.length)
			throw new ShapeError('The state is of an optimizer over other parameters.');
		this.dispose();
		for (const [at, group] of this.groups.entries()) group.lr = lrs[at]!;
		for (const [at, step] of steps.entries()) if (step !== null) this.steps.set(owners[at]!, step);
		for (const { parameter, name, values } of tensors) {
			const owner = owners[parameter]!;
			this.write(owner, name, toMemory(values, owner.shape, owner.layout));
		}
	}

	#parameters(): readonly Parameter[] {
		return this.groups.flatMap(({ params }) => params);
	}

	dispose(): void {
		for (const state of this.#state.values()) for (const one of state.values()) one.dispose();
		this.#state.clear();
		this.steps.clear();
	}

	/** Before the first parameter of a step. */
	protected begin(): void {}

	protected abstract update(parameter: Parameter, gradient: Memory, lr: number): void;

	/** What the step of many parameters at once is called; used where the backend has it. */
	protected abstract readonly kernel: KernelName;
	/** Many parameters in place, each with a gradient. */
	protected abstract updateAll(owners: readonly Parameter[], lr: number): void;

	/** Weights, gradients and state as inputs of a kernel; a clipping factor that all share comes along. */
	protected kernelInputs(
		owners: readonly Parameter[],
		state: Readonly<Record<string, string>>,
	): Record<string, Memory> {
		const inputs: Record<string, Memory> = {};
		const clipped = owners.map(({ grad }) => (grad instanceof ClippedGradient ? grad : null));
		const factor = clipped[0]?.factor;
		const together = clipped.every((one) => one?.factor.dataId === factor?.dataId);
		if (together && factor) inputs['factor'] = factor;
		for (const [at, parameter] of owners.entries()) {
			const grad = together ? (clipped[at]?.raw ?? parameter.grad!) : parameter.grad!;
			inputs[`w${at}`] = parameter.memory;
			inputs[`g${at}`] = grad.as(parameter.layout);
			for (const [letter, name] of Object.entries(state))
				inputs[`${letter}${at}`] =
					this.read(parameter, name) ??
					this.write(parameter, name, fill(parameter.memory.shape, 0));
		}
		return inputs;
	}

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
