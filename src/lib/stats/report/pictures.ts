/** The plots of a report: which there are, drawn and painted one after another. Places are the kinds' own. */
import type { Picture } from '../../xlsx/workbook';
import { drawPlot, PLOTS } from '../plots/registry';
import type { PlotId } from '../plots/ids';
import type { PlotOptions, PlotRows } from '../plots/plot';
import type { ReportOptions } from './report';
import type { ReportEffects } from './spec';

/** Pixels per inch: the places are 400 to 900 px wide, which this already doubles. */
export const DPI = 100;

export const DPI_NOTE = `The pictures have ${DPI} pixels per inch; the original's have 300.`;

/** A plot that a report may hold. */
export interface Wanted {
	readonly id: PlotId;
	readonly title: string;
	/** name of its file where it is one */
	readonly file: string;
	readonly options: PlotOptions;
	/** trials it shows; absent: it has none, and the original makes no such picture */
	readonly ids?: Uint32Array;
}

export interface Painted {
	readonly wanted: Wanted;
	readonly png: Picture['png'];
	/** what the plot says of itself */
	readonly alt: string;
	readonly notes: readonly string[];
}

/** @returns whether it is likely drawn: it has trials */
export function isFound({ ids }: Wanted): boolean {
	return ids !== undefined && ids.length > 0;
}

/**
 * @returns a picture, or undefined where there is nothing to see, for each that is wanted
 * @throws AbortError once the signal is aborted
 */
export async function paintAll(
	{ columns }: PlotRows,
	wanted: readonly Wanted[],
	options: ReportOptions,
	effects: ReportEffects,
): Promise<(Painted | undefined)[]> {
	const { sentence, link, source, pictures } = options;
	const total = wanted.filter(isFound).length;
	const painted: (Painted | undefined)[] = [];
	let done = 0;
	for (const one of wanted) {
		if (!pictures || !one.ids || !isFound(one)) {
			painted.push(undefined);
			continue;
		}
		effects.progress(done, total, 'pictures', one.title);
		await effects.breathe();
		effects.signal.throwIfAborted();
		const figure = drawPlot({ columns, ids: one.ids }, one.id, one.options);
		done++;
		if (figure.empty === undefined) {
			const [width, height] = PLOTS[one.id].size;
			const file = { format: 'png', width, height, dpi: DPI, sentence, link, source } as const;
			const { bytes } = await effects.paint(figure, file);
			painted.push({ wanted: one, png: bytes, alt: figure.summary, notes: figure.notes });
		} else painted.push(undefined);
		effects.signal.throwIfAborted();
		effects.progress(done, total, 'pictures', one.title);
	}
	return painted;
}

/**
 * Bytes of a painted square inch: measured from 600 for one curve or few points to about 2,000 where
 * the plane is covered.
 */
export function inkOfCurves(curves: number): number {
	return Math.min(650 + 550 * Math.log10(Math.max(curves, 1)), 1900);
}

/** The same for plots of single rows. */
export function inkOfRows(rows: number): number {
	return 600 + 1100 * Math.min(Math.max(Math.log10(rows / 30) / 2.3, 0), 1);
}

/**
 * @param ink bytes of a square inch
 * @returns about how many bytes the pictures take
 */
export function pictureBytes(wanted: readonly Wanted[], ink: number): number {
	return wanted.filter(isFound).reduce((bytes, { id }) => {
		const [width, height] = PLOTS[id].size;
		return bytes + width * height * ink;
	}, 0);
}
