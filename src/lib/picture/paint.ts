/** A figure as the bytes of a PNG or SVG file. */
import type { Figure } from '../stats/plots/plot';
import type { PictureOptions } from './picture';

/** @returns the file and its media type */
export function paintFigure(
	figure: Figure,
	options: PictureOptions,
): Promise<{ bytes: Uint8Array; mediaType: string }> {
	return Promise.reject(new Error(`${figure.title}: no ${options.format} yet`));
}
