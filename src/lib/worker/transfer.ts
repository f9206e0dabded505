/** Finds the buffers of a result that can be moved to the other side instead of being copied. */

/** results are maps of columns of arrays: nothing of ours lies deeper */
const MAX_DEPTH = 4;

/**
 * @param value a request's result: typed arrays directly, in objects, in lists or in Maps
 * @param keeps true for a buffer that its owner goes on using
 * @returns each whole buffer once. A view of a part of a buffer is left to be copied, because moving
 * the buffer would take its other parts away too.
 */
export function transferables(
	value: unknown,
	keeps: (buffer: ArrayBuffer) => boolean = () => false,
): ArrayBuffer[] {
	const found = new Set<ArrayBuffer>();
	collect(value, found, MAX_DEPTH);
	return [...found].filter((buffer) => !keeps(buffer));
}

/** Every whole buffer under `value`, into `found`. */
export function collect(value: unknown, found: Set<ArrayBuffer>, depth: number): void {
	if (typeof value !== 'object' || value === null) return;
	if (value instanceof ArrayBuffer) {
		found.add(value);
	} else if (ArrayBuffer.isView(value)) {
		const whole = value.byteLength === value.buffer.byteLength && value.byteLength > 0;
		if (whole && value.buffer instanceof ArrayBuffer) found.add(value.buffer);
	} else if (depth > 0) {
		for (const child of childrenOf(value)) collect(child, found, depth - 1);
	}
}

function childrenOf(value: object): Iterable<unknown> {
	if (value instanceof Map) return value.values();
	if (!Array.isArray(value)) return Object.values(value);
	// Long lists are lists of texts or numbers: their first element tells, so a million are not walked.
	return typeof value[0] === 'object' ? value : [];
}
