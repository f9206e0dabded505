/**
 * An archive with one folder of pictures per class, below `train` and `val`, as Imagenette has it.
 * Pictures come in the order of their paths, like torchvision's.
 */
import type { DatasetSpec, Split } from '../dataset';
import type { Samples } from '../shard';
import { pictureFrom } from './picture';
import {
	bytesOf,
	type DecodeEffects,
	type Decoder,
	type NamedBlob,
	type SampleStream,
} from './stream';

/** pictures that are decoded at the same time */
const PARALLEL = 16;

interface Entry {
	readonly file: NamedBlob;
	readonly split: Split;
	readonly label: number;
}

function entryOf(file: NamedBlob, folders: readonly string[]): Entry | undefined {
	const parts = file.name.split('/');
	const label = folders.indexOf(parts.at(-2) ?? '');
	const place = parts.at(-3);
	const split =
		place === 'train' ? 'train' : place === 'val' || place === 'test' ? 'test' : undefined;
	const isPicture = /\.(jpe?g|png)$/i.test(file.name) && !(parts.at(-1) ?? '').startsWith('.');
	return isPicture && label >= 0 && split ? { file, split, label } : undefined;
}

function streamOf(
	split: Split,
	entries: readonly Entry[],
	spec: DatasetSpec,
	effects: DecodeEffects,
): SampleStream {
	async function one({ file, label }: Entry): Promise<Samples> {
		const picture = await pictureFrom(file.name, await bytesOf(file.blob), spec, effects);
		return { ...picture, labels: [label] };
	}
	async function* samples(from: number): AsyncGenerator<Samples> {
		for (let at = from; at < entries.length; at += PARALLEL)
			yield* await Promise.all(entries.slice(at, at + PARALLEL).map(one));
	}
	const names = [`${entries.length} pictures`];
	return { split, names, expected: entries.length, size: spec.size, samples };
}

/** See the module's comment. */
export const imageFolder: Decoder = async (files, spec, effects) => {
	const { folders } = spec;
	if (!folders) return [];
	const entries = files
		.map((file) => entryOf(file, folders))
		.filter((entry) => entry !== undefined)
		.sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
	return (['train', 'test'] as const)
		.map((split) => ({ split, own: entries.filter((entry) => entry.split === split) }))
		.filter(({ own }) => own.length > 0)
		.map(({ split, own }) => streamOf(split, own, spec, effects));
};
