/** What a search that trains may range over: the net's hyperparameters and the transforms that fit. */
import type * as catalogue from '../../train/catalogue';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import type { DraftGround } from './draft';

type Catalogue = Pick<typeof catalogue, 'findDataset' | 'netOf' | 'fittingTransforms'>;

/**
 * @param epochs of LEMUR's stored runs, for counting those on record
 * @returns an empty space when the net or the dataset is not here, or no transform fits
 */
export function trainGround(
	{ findDataset, netOf, fittingTransforms }: Catalogue,
	dataset: string,
	nn: string,
	epochs: DraftGround['epochs'],
): DraftGround {
	const [data, net] = [findDataset(dataset), netOf(nn)];
	const transforms = data && net ? fittingTransforms(data, net).map(({ id }) => id) : [];
	if (!net || transforms.length === 0) return { space: [], epochs };
	const names = net.supportedHyperparameters();
	return {
		// The ranges of these are the draft's; only which there are matters here.
		space: spaceOf([
			...names.map((name) => [name, float(0, 1)] as const),
			['batch', categorical([1])],
			['transform', categorical(transforms)],
		]),
		epochs,
	};
}
