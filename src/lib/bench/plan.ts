/**
 * Small nets as data, so that every library trains the same one: each strategy builds it from this
 * list. Sizes and arguments mean what PyTorch means by them. Not LEMUR's nets: those are in `lib/nets`.
 */

export type Layer =
	| {
			readonly kind: 'conv';
			readonly from: number;
			readonly to: number;
			readonly kernel: number;
			readonly stride: number;
			/** on every side */
			readonly padding: number;
			/** 1, or `from` for one filter per channel */
			readonly groups: number;
			readonly bias: boolean;
	  }
	| { readonly kind: 'norm'; readonly channels: number }
	| { readonly kind: 'relu' | 'relu6' }
	/** windows of 2 × 2 side by side */
	| { readonly kind: 'maxPool' }
	/** mean over both image axes: (N, C, H, W) → (N, C) */
	| { readonly kind: 'average' }
	/** in the order channels, height, width */
	| { readonly kind: 'flatten' }
	| { readonly kind: 'linear'; readonly from: number; readonly to: number }
	/** body(x) + shortcut(x); an empty shortcut is x itself */
	| {
			readonly kind: 'residual';
			readonly body: readonly Layer[];
			readonly shortcut: readonly Layer[];
	  };

/** A parameter in PyTorch's shape; all strategies start from the same values. */
export interface PlannedParameter {
	readonly shape: readonly number[];
	/** uniform on centre ± spread */
	readonly centre: number;
	readonly spread: number;
}

/** @returns the parameters in the order in which the layers own them: weight before bias */
export function parametersOf(layers: readonly Layer[]): PlannedParameter[] {
	return layers.flatMap((layer): PlannedParameter[] => {
		switch (layer.kind) {
			case 'conv': {
				const { from, to, kernel, groups, bias } = layer;
				const spread = Math.sqrt(6 / ((from / groups) * kernel * kernel));
				const weight = { shape: [to, from / groups, kernel, kernel], centre: 0, spread };
				return bias ? [weight, { shape: [to], centre: 0, spread: 0.05 }] : [weight];
			}
			case 'norm':
				return [
					{ shape: [layer.channels], centre: 1, spread: 0.1 },
					{ shape: [layer.channels], centre: 0, spread: 0.1 },
				];
			case 'linear':
				return [
					{ shape: [layer.to, layer.from], centre: 0, spread: Math.sqrt(3 / layer.from) },
					{ shape: [layer.to], centre: 0, spread: 0.05 },
				];
			case 'residual':
				return [...parametersOf(layer.body), ...parametersOf(layer.shortcut)];
			case 'relu':
			case 'relu6':
			case 'maxPool':
			case 'average':
			case 'flatten':
				return [];
			default:
				return layer satisfies never;
		}
	});
}

/** @returns how many numbers are trained */
export function parameterCount(layers: readonly Layer[]): number {
	return parametersOf(layers).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

export const sizeOf = (shape: readonly number[]): number =>
	shape.reduce((product, n) => product * n, 1);
