/**
 * UTF-8 bytes written chunk by chunk of rows, and the decimal text of a number. A whole export as
 * one string would pass the length that JavaScript allows.
 */
import { CHUNK_ROWS, type ExportProgress } from './table';
import { joinBytes } from '../../bytes';

/**
 * Shortest digits that read back to the same double, always with a point, never with group marks.
 * @returns '' for NaN
 */
export function numberText(value: number): string {
	if (Number.isNaN(value)) return '';
	return Object.is(value, -0) ? '-0' : String(value);
}

export interface RowWriter {
	readonly head: string;
	/** text of a row, with whatever ends or precedes it */
	readonly row: (row: number) => string;
	readonly foot: string;
}

/** @returns head, all rows and foot as UTF-8 */
export function writeRows(
	rows: number,
	{ head, row, foot }: RowWriter,
	onProgress: ExportProgress,
): Uint8Array {
	const encoder = new TextEncoder();
	const parts = [encoder.encode(head)];
	for (let start = 0; start < rows; start += CHUNK_ROWS) {
		const end = Math.min(start + CHUNK_ROWS, rows);
		let text = '';
		for (let r = start; r < end; r++) text += row(r);
		parts.push(encoder.encode(text));
		onProgress(end, rows);
	}
	parts.push(encoder.encode(foot));
	if (rows === 0) onProgress(0, 0);
	return joinBytes(parts);
}
