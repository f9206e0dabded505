/** Tensors of oracle files: nested lists, where `NaN` and infinities stand as texts. */
import { oracleNumber } from './expect';

/** The numbers of nested lists, row by row, and their shape; single precision, as tensors have it. */
export function nestedValues(json: unknown): { data: Float32Array; shape: number[] } {
	const shape: number[] = [];
	for (let level = json; Array.isArray(level); level = level[0]) shape.push(level.length);
	const flat = Array.isArray(json) ? json.flat(Infinity) : [json];
	return { data: Float32Array.from(flat, oracleNumber), shape };
}
