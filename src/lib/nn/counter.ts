/** A whole number among the buffers, such as BatchNorm's `num_batches_tracked`: it needs no device. */
export class Counter {
	readonly shape: readonly number[] = [];
	readonly size = 1;
	count = 0;

	data(): Promise<Float32Array> {
		return Promise.resolve(Float32Array.of(this.count));
	}

	load(values: Float32Array): void {
		this.count = values[0] ?? 0;
	}
}
