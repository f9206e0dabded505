/**
 * What can be chosen of a trial: nets with what they ask for, and the transforms that fit a dataset and
 * a net. Imported when a form is shown, because the nets bring all of `lib/nn` along.
 */
import type { DatasetSpec } from '../datasets/dataset';
import { DATASET_LIST, findDataset } from '../datasets/registry';
import { netOf, nets } from '../nets/registry';
import type { NetSpec } from '../nets/net';
import { findTransform, REFUSED, TRANSFORMS } from '../transforms/registry';
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

/** What is named of a trial, as links and scripts do: any text. */
export interface NamedChoice {
	readonly dataset: string;
	readonly nn: string;
	/** absent: whichever fits */
	readonly transform?: string | undefined;
}

/** transforms that are named as others to choose */
const NAMED = 6;

/** @returns why this cannot be trained here, in words; undefined when it can */
export function choiceProblem({ dataset, nn, transform }: NamedChoice): string | undefined {
	const spec = findDataset(dataset);
	if (!spec) return `There is no dataset ${dataset} here; there are ${listOf(DATASET_LIST, 'id')}.`;
	const net = netOf(nn);
	if (!net) return `The net ${nn} cannot be trained here yet; there are ${listOf(nets(), 'name')}.`;
	const fitting = fittingTransforms(spec, net);
	if (fitting.length === 0)
		return `No transform makes pictures of ${spec.title} that ${nn} can take.`;
	if (transform === undefined || fitting.some(({ id }) => id === transform)) return undefined;
	const few = fitting.slice(0, NAMED);
	const more = fitting.length > NAMED ? ` and ${fitting.length - NAMED} more` : '';
	const instead = `Choose one that does: ${listOf(few, 'id')}${more}.`;
	return `${transformProblem(transform, spec, net)} ${instead}`;
}

/** @param name of a transform that does not fit */
function transformProblem(name: string, dataset: DatasetSpec, net: NetSpec): string {
	const transform = findTransform(name);
	if (!transform) {
		const why = REFUSED.get(name) ?? 'LEMUR’s records name it, but what it does is not built in.';
		return `The transform ${name} is not here. ${why}`;
	}
	if (transform.complex)
		return `The transform ${name} makes complex numbers, which ${net.name} does not take.`;
	const size = outputSize(transform, dataset.size);
	if (!size) return `The pictures of ${dataset.title} differ in size, and ${name} leaves them so.`;
	return `The transform ${name} makes pictures of ${size[0]} × ${size[1]} pixels, and ${net.name} needs ${sizeWords(net)}.`;
}

function sizeWords({ minimumSize, exactSize }: NetSpec): string {
	return exactSize === undefined
		? `${minimumSize} × ${minimumSize} at least`
		: `exactly ${exactSize} × ${exactSize}`;
}

function listOf<Key extends string>(all: readonly Record<Key, string>[], key: Key): string {
	return all.map((one) => one[key]).join(', ');
}

export { DATASET_LIST, findDataset, netOf, nets };
