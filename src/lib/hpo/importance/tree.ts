/** A regression tree as plain arrays, and the inputs that it is grown from. Who grows it: `tree-grower.ts`. */

/** One input: a number, or one-hot columns of which each trial has a 1 in exactly one. */
export type Feature =
	| { readonly kind: 'number'; readonly values: Float32Array }
	| { readonly kind: 'one-hot'; readonly codes: Int32Array; readonly choices: number };

/** A binary tree in arrays, the root first. `x <= threshold` goes left; feature −1 marks a leaf. */
export interface Tree {
	/** encoded column, counted through all features */
	readonly feature: ArrayLike<number>;
	readonly threshold: ArrayLike<number>;
	readonly left: ArrayLike<number>;
	readonly right: ArrayLike<number>;
	/** mean of the trials in the node */
	readonly value: ArrayLike<number>;
}

export const LEAF = -1;

/** @returns the encoded columns that a feature takes */
export function columnsIn(feature: Feature): number {
	return feature.kind === 'number' ? 1 : feature.choices;
}
