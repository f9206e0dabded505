/** What the page says of a dataset: whether it is here, and what it costs. No runes, no elements. */
import { bytesOnDevice, mirrorOf, siteOf, type DatasetSpec } from '../../datasets/dataset';
import type { Stock, StoredSplit } from '../../datasets/library-protocol';
import { bytes, count } from '../format';

/** A dataset as it is on this device. */
export interface Holding {
	/** whole splits */
	readonly whole: readonly StoredSplit[];
	/** readings that were begun and not finished */
	readonly begun: readonly StoredSplit[];
	/** bytes of a mirror's files that wait to be read */
	readonly waiting: number;
	/** bytes of all of it */
	readonly bytes: number;
}

const SOURCES = { site: 'this site', mirror: 'the mirror', files: 'your files' } as const;

/** What the device has of one dataset. */
export function holdingOf(spec: DatasetSpec, stock: Stock | undefined): Holding {
	const own = stock?.splits.filter(({ dataset }) => dataset === spec.id) ?? [];
	const urls = new Set(mirrorOf(spec)?.files.map(({ url }) => url));
	const waiting = (stock?.downloads ?? [])
		.filter(({ url }) => urls.has(url))
		.reduce((sum, one) => sum + one.bytes, 0);
	return {
		whole: own.filter(({ complete }) => complete),
		begun: own.filter(({ complete }) => !complete),
		waiting,
		bytes: own.reduce((sum, one) => sum + one.bytes, waiting),
	};
}

/** Bytes of a mirror's files. */
export function mirrorBytes(spec: DatasetSpec): number {
	return mirrorOf(spec)?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
}

/** "143.6 MB"; "about 100.0 MB" where the size of the files is not known exactly. */
export function mirrorText(spec: DatasetSpec): string {
	const exact = mirrorOf(spec)?.files.every(({ sha256 }) => sha256 !== undefined);
	return `${exact ? '' : 'about '}${bytes(mirrorBytes(spec))}`;
}

/** Names of the files that a visitor may have. */
export function fileNames(spec: DatasetSpec): string {
	return spec.sources.flatMap((source) => (source.kind === 'files' ? source.names : [])).join(', ');
}

/** What is going on, where the card says what is here otherwise. */
export function jobText(state: 'running' | 'stopping' | 'paused'): string {
	return state === 'running' ? 'Being loaded.' : state === 'stopping' ? 'Stopping…' : 'Stopped.';
}

/** "10 classes · 32 × 32 pixels, 3 channels · 50,000 + 10,000 samples" */
export function factsOf(spec: DatasetSpec): readonly string[] {
	const pixels = spec.size ? `${spec.size[0]} × ${spec.size[1]} pixels` : 'pictures of all sizes';
	const channels = spec.channels === 1 ? 'one channel' : 'three channels';
	return [
		`${count(spec.classes.length)} classes`,
		`${pixels}, ${channels}`,
		`${count(spec.counts.train)} training and ${count(spec.counts.test)} test samples`,
		`${bytes(bytesOnDevice(spec))} on the device`,
	];
}

/** "50,000 of 50,000 training samples" when it is a part, "50,000 training samples" when it is all. */
function splitText(spec: DatasetSpec, { split, samples }: StoredSplit): string {
	const all = spec.counts[split];
	const of = samples === all ? '' : ` of ${count(all)}`;
	return `${count(samples)}${of} ${split === 'train' ? 'training' : 'test'} samples`;
}

/** One sentence: what of the dataset is here. */
export function stateText(spec: DatasetSpec, holding: Holding): string {
	const { whole, begun, waiting } = holding;
	if (whole.length > 0) {
		const kinds = [...new Set(whole.map(({ source }) => SOURCES[source.kind]))].join(' and ');
		const parts = whole.map((one) => splitText(spec, one)).reverse();
		const missing = whole.length < 2 ? ', nothing of the other part' : '';
		return `On this device: ${parts.join(' and ')}${missing}, ${bytes(holding.bytes)}, from ${kinds}.`;
	}
	if (begun.length > 0 || waiting > 0) {
		const parts = begun.map(
			({ samples, expected, split }) =>
				`${count(samples)} of ${count(expected)} ${split === 'train' ? 'training' : 'test'} samples`,
		);
		if (waiting > 0) parts.push(`${bytes(waiting)} fetched`);
		return `Begun: ${parts.join(', ')}.`;
	}
	return siteOf(spec) ? 'Part of this site: loaded when it is first used.' : 'Not on this device.';
}

/** "2 of 6 datasets are on this device: 54.9 MB" */
export function stockText(specs: readonly DatasetSpec[], stock: Stock): string {
	const here = specs.filter((spec) => holdingOf(spec, stock).whole.length > 0).length;
	const used = specs.reduce((sum, spec) => sum + holdingOf(spec, stock).bytes, 0);
	if (here === 0 && used === 0) return `None of ${specs.length} datasets is on this device yet`;
	const verb = here === 1 ? 'is' : 'are';
	return `${here} of ${specs.length} datasets ${verb} on this device: ${bytes(used)}`;
}
