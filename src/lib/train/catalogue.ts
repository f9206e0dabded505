/**
 * What can be chosen of a trial: nets with what they ask for, and the transforms that fit a dataset and
 * a net. Imported when a form is shown, because the nets bring all of `lib/nn` along.
 */
import type { DatasetSpec } from '../datasets/dataset';
import { DATASET_LIST, findDataset } from '../datasets/registry';
import { netOf, nets } from '../nets/registry';
import type { NetSpec } from '../nets/net';
import { TRANSFORMS } from '../transforms/registry';
import { isRandom, outputSize, type Size } from '../transforms/transform';

/** A transform that gives the net pictures it can take. */
export interface FittingTransform {
	readonly id: string;
	readonly about: string;
	readonly size: Size;
	/** it draws, in the test set too */
	readonly random: boolean;
}

/** @returns in the registry's order */
export function fittingTransforms(dataset: DatasetSpec, net: NetSpec): FittingTransform[] {
	return TRANSFORMS.flatMap((spec) => {
		const size = outputSize(spec, dataset.size);
		if (!size || spec.complex || !takes(net, size)) return [];
		return [{ id: spec.id, about: spec.about, size, random: isRandom(spec) }];
	});
}

function takes({ minimumSize, exactSize }: NetSpec, [height, width]: Size): boolean {
	if (exactSize !== undefined) return height === exactSize && width === exactSize;
	return Math.min(height, width) >= minimumSize;
}

export { DATASET_LIST, findDataset, netOf, nets };
