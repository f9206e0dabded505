/** Modules that hold others under the names 0, 1, 2, …, or under given names. */
import { Module } from '../module';
import { ShapeError, type Tensor } from '../tensor';

/** Runs its modules one after the other. */
export class Sequential extends Module {
	readonly #modules: readonly (readonly [string, Module])[];

	/** @param modules numbered from 0, or a record of named ones in order */
	constructor(...modules: readonly Module[] | readonly [Readonly<Record<string, Module>>]) {
		super();
		this.#modules = modules.flatMap((one, i): (readonly [string, Module])[] =>
			one instanceof Module ? [[String(i), one]] : Object.entries(one),
		);
	}

	override *namedChildren(): Generator<[string, Module]> {
		for (const [name, module] of this.#modules) yield [name, module];
	}

	forward(x: Tensor): Tensor {
		return this.#modules.reduce((value, [, module]) => module.call(value), x);
	}

	/** @returns the module at a place; negative counts from the end */
	at(index: number): Module {
		const found = this.#modules.at(index);
		if (!found) throw new RangeError(`There is no module ${index} of ${this.#modules.length}.`);
		return found[1];
	}
}

/** A list of modules that the net runs itself. */
export class ModuleList<M extends Module = Module> extends Module {
	constructor(readonly items: readonly M[]) {
		super();
	}

	override *namedChildren(): Generator<[string, Module]> {
		for (const [i, module] of this.items.entries()) yield [String(i), module];
	}

	forward(x: Tensor): Tensor {
		throw new ShapeError(
			`A ModuleList has no forward of its own; input (${x.shape.join(', ')}). Run its items.`,
		);
	}
}

export class Identity extends Module {
	forward(x: Tensor): Tensor {
		return x;
	}
}
