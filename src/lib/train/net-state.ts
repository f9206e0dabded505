/**
 * Everything that a net carries from step to step: weights, buffers, optimizers, and where the
 * generator stands. Read whole and put back whole; how it is stored is `checkpoint.ts`'s matter.
 */
import type { Module, StateDict } from '../nn/module';
import { Optimizer, type OptimizerState } from '../nn/optim';
import { randomState, restoreRandomState, type Stream } from '../nn/random';
import { inStep } from '../nn/scope';

export interface NetState {
	readonly weights: StateDict;
	/** in the order in which `optimizersOf` finds them */
	readonly optimizers: readonly OptimizerState[];
	readonly random: Stream;
}

/** @returns the optimizers that a net and its parts hold, each once; also of nets that are not ours */
export function optimizersOf(net: Module): Optimizer[] {
	const found = new Set<Optimizer>();
	for (const [, module] of net.namedModules())
		for (const value of Object.values(module).flat())
			if (value instanceof Optimizer) found.add(value);
	return [...found];
}

/** A readback of all of it; call it between two steps. */
export async function readNetState(net: Module): Promise<NetState> {
	const weights = await inStep(() => net.stateDict());
	const optimizers: OptimizerState[] = [];
	for (const one of optimizersOf(net)) optimizers.push(await inStep(() => one.stateDict()));
	return { weights, optimizers, random: randomState() };
}

/**
 * @param net built and set up with the same hyperparameters
 * @throws ShapeError when the state is another net's
 */
export async function restoreNetState(net: Module, state: NetState): Promise<void> {
	const optimizers = optimizersOf(net);
	if (optimizers.length !== state.optimizers.length)
		throw new RangeError(
			`The checkpoint holds ${state.optimizers.length} optimizers, the net has ${optimizers.length}.`,
		);
	await inStep(() => {
		net.loadStateDict(state.weights);
		for (const [at, one] of optimizers.entries()) one.loadStateDict(state.optimizers[at]!);
	});
	restoreRandomState(state.random);
}
