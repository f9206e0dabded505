/** What runners of formats.json count: samples of a stream and figures of their bytes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../../scripts/oracles/expect';
import { sha256 } from '../../../../scripts/oracles/python-values';
import type { DatasetSpec } from '../dataset';
import { openFiles } from './open-files';
import type { NamedBlob, SampleStream } from './stream';

export const integers = v.array(v.number());
export const base64 = v.pipe(
	v.string(),
	v.transform((text) => new Uint8Array(Buffer.from(text, 'base64'))),
);

/** One split's figures over all samples. */
export interface SplitFigures {
	readonly label_histogram: readonly number[];
	readonly mean: readonly number[];
	readonly std_population: readonly number[];
}

export interface Sample {
	readonly label: number;
	/** H,W,C */
	readonly pixels: Uint8Array;
}

/** A file for the readers. */
export function named(name: string, bytes: Uint8Array): NamedBlob {
	return { name, blob: new Blob([new Uint8Array(bytes)]) };
}

/** The file's bytes; null when it is not there. */
export async function fileIn(...path: string[]): Promise<Uint8Array | null> {
	return readFile(join(...path)).catch(() => null);
}

/** Streams of the files, as the page reads them. */
export function streamsOf(
	files: readonly NamedBlob[],
	spec: DatasetSpec,
): Promise<readonly SampleStream[]> {
	const { signal } = new AbortController();
	return openFiles(files, spec, { effects: {}, signal, onBytes: () => undefined });
}

/** Every sample of a stream. */
export async function samplesOf(stream: SampleStream): Promise<Sample[]> {
	const samples: Sample[] = [];
	for await (const { pixels, labels } of stream.samples(0)) {
		const each = pixels.length / labels.length;
		for (let i = 0; i < labels.length; i++)
			samples.push({ label: labels[i]!, pixels: pixels.subarray(i * each, (i + 1) * each) });
	}
	return samples;
}

/** Histogram of labels, mean and population deviation of value / 255 by channel. */
export function checkFigures(
	samples: readonly Sample[],
	channels: number,
	expected: SplitFigures,
): void {
	const histogram = Array<number>(expected.label_histogram.length).fill(0);
	for (const { label } of samples) histogram[label]!++;
	expectEqual(histogram, expected.label_histogram, 'histogram of labels');
	const pixels = samples.reduce((sum, sample) => sum + sample.pixels.length, 0) / channels;
	for (let c = 0; c < channels; c++) {
		const values = countValues(samples, channels, c);
		const moment = (f: (value: number) => number) =>
			values.reduce((sum, count, value) => sum + count * f(value / 255), 0) / pixels;
		const mean = moment((x) => x);
		expectClose(mean, expected.mean[c]!, { relative: 1e-9 }, `mean of channel ${c}`);
		const deviation = Math.sqrt(moment((x) => (x - mean) ** 2));
		const std = expected.std_population[c]!;
		expectClose(deviation, std, { relative: 1e-9 }, `deviation of channel ${c}`);
	}
}

/** How often each byte occurs in one channel. */
function countValues(samples: readonly Sample[], channels: number, channel: number): number[] {
	const counts = Array<number>(256).fill(0);
	for (const { pixels } of samples)
		for (let i = channel; i < pixels.length; i += channels) counts[pixels[i]!]!++;
	return counts;
}

/** One channel after the other, as CIFAR's files have them. */
export function planesOf({ pixels }: Sample, channels: number): Uint8Array {
	const area = pixels.length / channels;
	return Uint8Array.from(pixels, (_, i) => pixels[(i % area) * channels + Math.floor(i / area)]!);
}

export function expectSha(bytes: Uint8Array, expected: string, what: string): void {
	expectEqual(sha256(bytes), expected, `SHA-256 of ${what}`);
}
