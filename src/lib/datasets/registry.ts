/** Every dataset by LEMUR's name, in the order of the page. Adding one: a file, a line, its test. */
import { RpcError } from '../worker/rpc-error';
import { cifar10 } from './cifar-10';
import { cifar100 } from './cifar-100';
import type { DatasetSpec } from './dataset';
import { digits } from './digits';
import { imagenette } from './imagenette';
import { mnist } from './mnist';
import { svhn } from './svhn';

export const DATASETS = {
	digits,
	mnist,
	'cifar-10': cifar10,
	'cifar-100': cifar100,
	svhn,
	imagenette,
} satisfies Record<string, DatasetSpec>;

export type DatasetId = keyof typeof DATASETS;

/** In the order of the page. */
export const DATASET_LIST: readonly DatasetSpec[] = Object.values(DATASETS);

/** @returns undefined for a name that is not here */
export function findDataset(id: string): DatasetSpec | undefined {
	return DATASET_LIST.find((spec) => spec.id === id);
}

/** @throws RpcError DATASET_UNKNOWN */
export function datasetNamed(id: string): DatasetSpec {
	const spec = findDataset(id);
	if (spec) return spec;
	const known = DATASET_LIST.map((one) => one.id).join(', ');
	throw new RpcError('DATASET_UNKNOWN', `There is no dataset ${id} here; there are ${known}.`, {
		dataset: id,
	});
}
