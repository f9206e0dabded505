/**
 * PyTorch's `nn.Module`: a tree of modules found by their property names, with parameters and buffers
 * in the order in which they were assigned. Names come out as PyTorch writes them.
 */
import { Counter } from './counter';
import { checkTensorSize } from './device';
import { Parameter, ShapeError, type Tensor } from './tensor';
import { inModule } from './trail';

/** A buffer: running statistics on the device, or a count that needs no device. */
export type Buffer = Parameter | Counter;
export type StateDict = ReadonlyMap<
	string,
	{ readonly shape: readonly number[]; readonly values: Float32Array }
>;

/** Asked for one thing it runs: for tables of a net's layers and for messages. */
export type ForwardHook = (module: Module, inputs: readonly Tensor[], output: Tensor) => void;

let hook: ForwardHook | undefined;

/** Runs `work` while `listener` hears of every module that has run. */
export async function withForwardHook<T>(
	listener: ForwardHook,
	work: () => Promise<T>,
): Promise<T> {
	hook = listener;
	try {
		return await work();
	} finally {
		hook = undefined;
	}
}

export abstract class Module {
	training = true;

	/** One input and one output; modules of another form have methods of their own. */
	abstract forward(x: Tensor): Tensor;

	/** Runs the module: `forward` with the module's name on what goes wrong. */
	call(x: Tensor): Tensor {
		const output = inModule(this, () => this.forward(x));
		hook?.(this, [x], output);
		return output;
	}

	/** @returns the modules right below, with the names PyTorch gives them */
	*namedChildren(): Generator<[string, Module]> {
		for (const [key, value] of Object.entries(this))
			if (value instanceof Module) yield [pythonName(key), value];
	}

	/** @returns this module and all below, depth first; a module met twice is named once */
	*namedModules(prefix = '', seen = new Set<Module>()): Generator<[string, Module]> {
		if (seen.has(this)) return;
		seen.add(this);
		yield [prefix, this];
		for (const [name, child] of this.namedChildren())
			yield* child.namedModules(prefix === '' ? name : `${prefix}.${name}`, seen);
	}

	/** @returns what gradients flow to, each once */
	*namedParameters(): Generator<[string, Parameter]> {
		const seen = new Set<Parameter>();
		for (const [path, module] of this.namedModules())
			for (const [key, value] of Object.entries(module)) {
				if (!(value instanceof Parameter) || !value.requiresGrad || seen.has(value)) continue;
				seen.add(value);
				yield [dotted(path, key), value];
			}
	}

	/** @returns what is kept but not trained */
	*namedBuffers(): Generator<[string, Buffer]> {
		for (const [path, module] of this.namedModules())
			for (const [key, value] of Object.entries(module)) {
				const still = value instanceof Parameter && !value.requiresGrad;
				if (still || value instanceof Counter) yield [dotted(path, key), value];
			}
	}

	parameters(): Parameter[] {
		return [...this.namedParameters()].map(([, parameter]) => parameter);
	}

	/** Training changes dropout and batch normalisation. */
	train(mode = true): this {
		for (const [, module] of this.namedModules()) module.training = mode;
		return this;
	}

	eval(): this {
		return this.train(false);
	}

	zeroGrad(): void {
		for (const parameter of this.parameters()) parameter.zeroGrad();
	}

	/** @returns all parameters and buffers in logical order; a readback */
	async stateDict(): Promise<StateDict> {
		const state = new Map<string, { shape: readonly number[]; values: Float32Array }>();
		for (const [name, one] of this.#state())
			state.set(name, { shape: one.shape, values: Float32Array.from(await one.data()) });
		return state;
	}

	/**
	 * Takes all values from a state; nothing is changed when a name or shape does not fit.
	 * @throws ShapeError naming the missing, surplus and wrongly shaped entries
	 */
	loadStateDict(state: StateDict): void {
		const own = new Map(this.#state());
		const problems = [
			...[...own.keys()].filter((name) => !state.has(name)).map((name) => `${name} is missing`),
			...[...state.keys()]
				.filter((name) => !own.has(name))
				.map((name) => `${name} is not part of this net`),
			...[...own].flatMap(([name, { shape }]) => {
				const given = state.get(name);
				if (!given || given.shape.join() === shape.join()) return [];
				return [`${name} has shape (${given.shape.join(', ')}), expected (${shape.join(', ')})`];
			}),
		];
		if (problems.length > 0) {
			const more = problems.length > 8 ? `; and ${problems.length - 8} more` : '';
			throw new ShapeError(
				`State does not fit the net: ${problems.slice(0, 8).join('; ')}${more}. ` +
					'Take a state of this net with the same classes, image channels and hyperparameters.',
			);
		}
		for (const [name, one] of own) one.load(state.get(name)!.values);
	}

	/** In PyTorch's order: module by module, parameters before buffers. */
	*#state(): Generator<[string, Buffer]> {
		for (const [path, module] of this.namedModules()) {
			const entries = Object.entries(module);
			for (const [key, value] of entries)
				if (value instanceof Parameter && value.requiresGrad) yield [dotted(path, key), value];
			for (const [key, value] of entries) {
				const still = value instanceof Parameter && !value.requiresGrad;
				if (still || value instanceof Counter) yield [dotted(path, key), value];
			}
		}
	}

	/** @throws TensorLimitError naming the first parameter or buffer that the device cannot hold */
	checkLimits(): void {
		for (const [name, one] of this.#state()) checkTensorSize(name, one.shape);
	}

	/** Frees parameters, gradients and buffers. */
	dispose(): void {
		for (const [, one] of this.#state()) if (one instanceof Parameter) one.dispose();
	}
}

function dotted(path: string, key: string): string {
	return path === '' ? pythonName(key) : `${path}.${pythonName(key)}`;
}

/** runningMean → running_mean; names that already are PyTorch's stay. */
function pythonName(key: string): string {
	return key.replace(
		/([a-z0-9])([A-Z])/g,
		(_, before: string, after: string) => `${before}_${after.toLowerCase()}`,
	);
}
