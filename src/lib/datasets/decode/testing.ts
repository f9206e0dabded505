/** Files for the readers' tests, made by the programs that make them in earnest. Only for tests. */
import { gunzipSync, gzipSync } from 'fflate';
import type { Samples } from '../shard';
import fixtures from './fixtures.json' with { type: 'json' };
import type { NamedBlob, SampleStream } from './stream';

export { fixtures };

/** base64 → bytes */
export const bytesFrom = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
export const inflated = (text: string): Uint8Array => gunzipSync(bytesFrom(text));

export function file(name: string, bytes: Uint8Array): NamedBlob {
	return { name, blob: new Blob([new Uint8Array(bytes)]) };
}

export const gzip = (bytes: Uint8Array) => gzipSync(bytes, { mtime: 0 });

/** One tar entry. */
function entry(name: string, bytes: Uint8Array, type = '0'): Uint8Array {
	const block = new Uint8Array(512 + Math.ceil(bytes.length / 512) * 512);
	const put = (text: string, at: number) => block.set(new TextEncoder().encode(text), at);
	put(name.slice(0, 100), 0);
	put(`${bytes.length.toString(8).padStart(11, '0')} `, 124);
	put('        ', 148);
	put(type, 156);
	put('ustar\u000000', 257);
	const sum = block.subarray(0, 512).reduce((before, byte) => before + byte, 0);
	put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	block.set(bytes, 512);
	return block;
}

const join = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** A tar archive; names longer than 100 letters get GNU's entry. */
export function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
	const parts = Object.entries(files).flatMap(([name, bytes]) =>
		name.length > 100
			? [entry('././@LongLink', new TextEncoder().encode(`${name}\0`), 'L'), entry(name, bytes)]
			: [entry(name, bytes)],
	);
	return join([...parts, new Uint8Array(1024)]);
}

/** IDX of unsigned bytes. */
export function idxFile(dims: readonly number[], data: Uint8Array): Uint8Array {
	const head = new DataView(new ArrayBuffer(4 + 4 * dims.length));
	head.setUint32(0, 0x0800 + dims.length);
	dims.forEach((one, i) => head.setUint32(4 + 4 * i, one));
	return join([new Uint8Array(head.buffer), data]);
}

/** Records of CIFAR's binary version; `coarse` for CIFAR-100. Planes count up from the label. */
export function cifarFile(labels: readonly number[], coarse = false): Uint8Array {
	return join(
		labels.map((label) =>
			Uint8Array.from([
				...(coarse ? [label % 20] : []),
				label,
				...Array.from({ length: 3072 }, (_, i) => (i * 7 + label) % 256),
			]),
		),
	);
}

/** Everything that a stream gives, one sample each. */
export async function allSamples(stream: SampleStream, from = 0) {
	const samples: { label: number; pixels: Uint8Array; height: number; width: number }[] = [];
	for await (const part of stream.samples(from)) {
		const { pixels, labels, height, width } = part satisfies Samples;
		const each = pixels.length / labels.length;
		for (let i = 0; i < labels.length; i++)
			samples.push({
				label: labels[i] ?? -1,
				pixels: pixels.slice(i * each, (i + 1) * each),
				height,
				width,
			});
	}
	return samples;
}
