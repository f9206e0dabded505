/**
 * The digits for the site, out of scikit-learn's `digits.csv.gz`: 1,797 lines of 64 levels (0 to 16)
 * and a label. Levels become bytes by round(level × 255 / 16).
 *
 * The file has no split. Ours: a permutation of the lines by the site's own counter-based generator
 * with seed 42; the first 360 are for testing (20 %), the other 1,437 for training, each part in the
 * order of the file.
 */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { digits } from '../../src/lib/datasets/digits';
import type { Split } from '../../src/lib/datasets/dataset';
import type { SampleStream } from '../../src/lib/datasets/decode/stream';
import { epochOrder } from '../../src/lib/datasets/order';
import { writeSite } from './write-site';

const SEED = 42;
const SIDE = 8;

interface Line {
	readonly levels: readonly number[];
	readonly label: number;
}

function parse(text: string): Line[] {
	return text
		.trim()
		.split('\n')
		.map((row, number) => {
			const values = row.split(',').map(Number);
			const levels = values.slice(0, SIDE * SIDE);
			const label = values[SIDE * SIDE];
			const sound =
				values.length === SIDE * SIDE + 1 && levels.every((one) => one >= 0 && one <= 16);
			if (!sound || label === undefined) throw new Error(`Line ${number + 1} is no digit.`);
			return { levels, label };
		});
}

function streamOf(split: Split, lines: readonly Line[]): SampleStream {
	return {
		split,
		names: ['digits.csv.gz'],
		expected: lines.length,
		size: [SIDE, SIDE],
		async *samples() {
			const pixels = lines.flatMap(({ levels }) =>
				levels.map((one) => Math.round((one * 255) / 16)),
			);
			const labels = lines.map(({ label }) => label);
			yield { pixels: Uint8Array.from(pixels), labels, height: SIDE, width: SIDE, channels: 1 };
		},
	};
}

/** Mean and deviation of the pixels in 0..1, for the spec. */
function statistics(lines: readonly Line[]) {
	const values = lines.flatMap(({ levels }) =>
		levels.map((one) => Math.round((one * 255) / 16) / 255),
	);
	const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
	const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length;
	return { mean, std: Math.sqrt(variance) };
}

/** @param csv path of scikit-learn's file @returns mean and deviation of the training part */
export async function writeDigits(folder: string, csv: string, source: string) {
	const lines = parse(gunzipSync(await readFile(csv)).toString('utf8'));
	const order = { counts: [lines.length], window: 1, shuffle: true, seed: SEED, epoch: 0 };
	const testing = new Set(epochOrder(order).samples.subarray(0, digits.counts.test));
	const parts = (wanted: boolean) => lines.filter((_, line) => testing.has(line) === wanted);
	const train = parts(false);
	await writeSite(
		folder,
		digits,
		source,
		[streamOf('train', train), streamOf('test', parts(true))],
		9,
	);
	return statistics(train);
}
