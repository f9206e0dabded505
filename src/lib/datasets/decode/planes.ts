/** CIFAR's pictures are three planes, one after the other; ours have the colours of a pixel together. */

/**
 * @param source N,C,H,W bytes, `head` bytes before each picture
 * @returns N,H,W,C
 */
export function interleave(
	source: Uint8Array,
	count: number,
	area: number,
	channels: number,
	head = 0,
): Uint8Array {
	const each = area * channels;
	const target = new Uint8Array(count * each);
	for (let n = 0; n < count; n++) {
		const from = n * (each + head) + head;
		for (let c = 0; c < channels; c++) {
			const plane = from + c * area;
			let out = n * each + c;
			for (let i = 0; i < area; i++, out += channels) target[out] = source[plane + i] ?? 0;
		}
	}
	return target;
}
