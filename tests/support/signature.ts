/**
 * The coarse look of a picture as text: mean colours of a grid over its inner part, where no label of
 * an axis stands, in 16 steps a channel. Machines differ in fonts and smoothing, not in these.
 */
import type { Locator } from '@playwright/test';

export const GRID = { columns: 24, rows: 16 } as const;
/** shares of the picture that are cut off: labels of axes stand there */
const MARGIN = { left: 0.16, right: 0.05, top: 0.06, bottom: 0.2 } as const;

/** One string per row, three hex digits (red, green, blue) per cell. */
export type Signature = readonly string[];

/**
 * @param image a loaded `img`
 * @param grey true: as if all colours had vanished, for a control that must fail
 */
export function signatureOf(image: Locator, grey = false): Promise<Signature> {
	return image.evaluate(
		async (element, { grid, margin, grey }) => {
			if (!(element instanceof HTMLImageElement)) throw new Error('Not a picture.');
			await element.decode();
			const { naturalWidth, naturalHeight } = element;
			const left = Math.round(naturalWidth * margin.left);
			const top = Math.round(naturalHeight * margin.top);
			const width = Math.round(naturalWidth * (1 - margin.right)) - left;
			const height = Math.round(naturalHeight * (1 - margin.bottom)) - top;
			const canvas = new OffscreenCanvas(width, height);
			const context = canvas.getContext('2d');
			if (!context) throw new Error('No canvas.');
			context.drawImage(element, left, top, width, height, 0, 0, width, height);
			const { data } = context.getImageData(0, 0, width, height);
			const cell = (column: number, row: number) => {
				const [x0, x1] = [column, column + 1].map((i) => Math.round((i * width) / grid.columns));
				const [y0, y1] = [row, row + 1].map((i) => Math.round((i * height) / grid.rows));
				const sums = [0, 0, 0];
				for (let y = y0!; y < y1!; y++)
					for (let x = x0!; x < x1!; x++)
						for (let c = 0; c < 3; c++) sums[c]! += data[(y * width + x) * 4 + c]!;
				const n = (x1! - x0!) * (y1! - y0!);
				const mean = sums.map((sum) => sum / n);
				const flat = mean.reduce((a, b) => a + b, 0) / 3;
				return mean.map((value) => Math.round((grey ? flat : value) / 17).toString(16)).join('');
			};
			return Array.from({ length: grid.rows }, (_, row) =>
				Array.from({ length: grid.columns }, (_, column) => cell(column, row)).join(''),
			);
		},
		{ grid: GRID, margin: MARGIN, grey },
	);
}

/** Steps of a channel that a cell may be off: smoothing at an edge moves a mean by one. */
const STEPS = 1;

/** @returns the share of cells that differ in a channel by more than smoothing explains */
export function difference(one: Signature, other: Signature): number {
	const [a, b] = [one.join(''), other.join('')];
	if (a.length !== b.length) return 1;
	let off = 0;
	for (let i = 0; i < a.length; i += 3) {
		const far = [0, 1, 2].some(
			(c) => Math.abs(parseInt(a[i + c] ?? '0', 16) - parseInt(b[i + c] ?? '0', 16)) > STEPS,
		);
		if (far) off++;
	}
	return off / (a.length / 3);
}
