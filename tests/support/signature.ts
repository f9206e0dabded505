/**
 * The coarse look of a picture as text: for every cell of a grid over its inner part, where no label of
 * an axis stands, how much of it is drawn on, in which colour on the mean and how colourful, in 16 steps each. A thin
 * line fills little of a cell, so its colour is not mixed with the ground. Machines differ in fonts and
 * smoothing, not in these.
 */
import type { Locator } from '@playwright/test';

export const GRID = { columns: 24, rows: 16 } as const;
/** shares of the picture that are cut off: labels of axes stand there */
const MARGIN = { left: 0.16, right: 0.05, top: 0.06, bottom: 0.2 } as const;

/** One string per row, five hex digits per cell: red, green, blue, and the roots of share and colourfulness. */
export type Signature = readonly string[];

const EMPTY = '00000';
/** Levels of a channel by which a pixel differs from the ground before it counts as drawn: grid lines do not. */
const INK = 60;
/** Drawn pixels below which a cell counts as empty. */
const LEAST = 3;

/**
 * @param image a loaded `img`
 * @param grey true: as if all colours had vanished, for a control that must fail
 */
export function signatureOf(image: Locator, grey = false): Promise<Signature> {
	return image.evaluate(
		async (element, { grid, margin, grey, ink, least, empty }) => {
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
			context.drawImage(element, 0, 0, 1, 1, 0, 0, 1, 1);
			const ground = context.getImageData(0, 0, 1, 1).data;
			context.drawImage(element, left, top, width, height, 0, 0, width, height);
			const { data } = context.getImageData(0, 0, width, height);
			const cell = (column: number, row: number) => {
				const [x0, x1] = [column, column + 1].map((i) => Math.round((i * width) / grid.columns));
				const [y0, y1] = [row, row + 1].map((i) => Math.round((i * height) / grid.rows));
				const sums = [0, 0, 0];
				let drawn = 0;
				let colourful = 0;
				for (let y = y0!; y < y1!; y++)
					for (let x = x0!; x < x1!; x++) {
						const at = (y * width + x) * 4;
						const pixel = data.subarray(at, at + 3);
						if (pixel.every((value, c) => Math.abs(value - ground[c]!) < ink)) continue;
						drawn++;
						for (let c = 0; c < 3; c++) sums[c]! += pixel[c]!;
						colourful += grey ? 0 : Math.max(...pixel) - Math.min(...pixel);
					}
				if (drawn < least) return empty;
				const mean = sums.map((sum) => sum / drawn / 255);
				const flat = mean.reduce((a, b) => a + b, 0) / 3;
				const share = Math.sqrt(drawn / ((x1! - x0!) * (y1! - y0!)));
				const colours = grey ? [flat, flat, flat] : mean;
				const digits = [...colours, share, Math.sqrt(colourful / drawn / 255)];
				return digits.map((value) => Math.round(value * 15).toString(16)).join('');
			};
			return Array.from({ length: grid.rows }, (_, row) =>
				Array.from({ length: grid.columns }, (_, column) => cell(column, row)).join(''),
			);
		},
		{ grid: GRID, margin: MARGIN, grey, ink: INK, least: LEAST, empty: EMPTY },
	);
}

/** Steps that each digit may be off: smoothing moves a mean by one or two. */
const STEPS = [2, 2, 2, 1, 2] as const;

/** @returns the share of the drawn cells that differ by more than smoothing explains */
export function difference(one: Signature, other: Signature): number {
	const [a, b] = [one.join(''), other.join('')];
	if (a.length !== b.length) return 1;
	let off = 0;
	let drawn = 0;
	for (let i = 0; i < a.length; i += STEPS.length) {
		const [from, to] = [a, b].map((text) => text.slice(i, i + STEPS.length));
		if (from === EMPTY && to === EMPTY) continue;
		drawn++;
		const far = (step: number, c: number) =>
			Math.abs(parseInt(from?.[c] ?? '0', 16) - parseInt(to?.[c] ?? '0', 16)) > step;
		if (STEPS.some(far)) off++;
	}
	return drawn === 0 ? 0 : off / drawn;
}
