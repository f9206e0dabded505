/**
 * Counts what a library asks of WebGPU, by wrapping the prototypes before it is loaded. It changes
 * nothing of what is asked.
 */

export interface Counts {
	readonly dispatches: number;
	readonly passes: number;
	readonly submits: number;
	/** bytes from the processor to the device: `writeBuffer`, and buffers that are mapped when made */
	readonly uploadedBytes: number;
	readonly uploads: number;
	/** buffers mapped for reading */
	readonly readbacks: number;
	readonly pipelines: number;
	readonly bindGroups: number;
	readonly buffers: number;
}

type Mutable = { -readonly [Key in keyof Counts]: Counts[Key] };

const ZERO: Counts = {
	dispatches: 0,
	passes: 0,
	submits: 0,
	uploadedBytes: 0,
	uploads: 0,
	readbacks: 0,
	pipelines: 0,
	bindGroups: 0,
	buffers: 0,
};

export interface Counter {
	/** since the counter was installed */
	read(): Counts;
}

/** @returns later − earlier, or what one step makes of it when several lie between */
export function difference(later: Counts, earlier: Counts, steps = 1): Counts {
	const entries = Object.entries(later) as [keyof Counts, number][]; // as declared
	return Object.fromEntries(
		entries.map(([key, value]) => [key, (value - earlier[key]) / steps]),
	) as unknown as Counts; // same keys
}

/** The prototypes of one global scope; a test gives its own. */
export type GpuScope = Readonly<
	Record<
		'GPUComputePassEncoder' | 'GPUCommandEncoder' | 'GPUQueue' | 'GPUDevice' | 'GPUBuffer',
		{ readonly prototype: object } | undefined
	>
>;

/** @returns a counter; all zeros where there is no WebGPU */
export function installCounter(scope: Partial<GpuScope> = globalThis): Counter {
	const counts: Mutable = { ...ZERO };
	const wrap = (
		type: keyof GpuScope,
		method: string,
		count: (...args: readonly unknown[]) => void,
	) => {
		const prototype = scope[type]?.prototype;
		const original: unknown = prototype && Reflect.get(prototype, method);
		if (!prototype || typeof original !== 'function') return;
		Reflect.set(prototype, method, function (this: unknown, ...args: unknown[]): unknown {
			count(...args);
			return Reflect.apply(original, this, args);
		});
	};
	wrap('GPUComputePassEncoder', 'dispatchWorkgroups', () => counts.dispatches++);
	wrap('GPUComputePassEncoder', 'dispatchWorkgroupsIndirect', () => counts.dispatches++);
	wrap('GPUCommandEncoder', 'beginComputePass', () => counts.passes++);
	wrap('GPUQueue', 'submit', () => counts.submits++);
	wrap('GPUQueue', 'writeBuffer', (_buffer, _offset, data, start, size) => {
		counts.uploads++;
		counts.uploadedBytes += writtenBytes(data, start, size);
	});
	wrap('GPUDevice', 'createBindGroup', () => counts.bindGroups++);
	wrap('GPUDevice', 'createBuffer', (descriptor) => {
		counts.buffers++;
		const { size, mappedAtCreation } = descriptor as GPUBufferDescriptor; // by the standard
		if (!mappedAtCreation) return;
		counts.uploads++;
		counts.uploadedBytes += size;
	});
	wrap('GPUDevice', 'createComputePipeline', () => counts.pipelines++);
	wrap('GPUDevice', 'createComputePipelineAsync', () => counts.pipelines++);
	wrap('GPUBuffer', 'mapAsync', () => counts.readbacks++);
	return { read: () => ({ ...counts }) };
}

/** Start and size of `writeBuffer` count elements of typed arrays, bytes of everything else. */
function writtenBytes(data: unknown, start: unknown = 0, size?: unknown): number {
	if (!ArrayBuffer.isView(data)) return typeof size === 'number' ? size : bufferBytes(data, start);
	const unit = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
	return typeof size === 'number' ? size * unit : data.byteLength - Number(start) * unit;
}

function bufferBytes(data: unknown, start: unknown): number {
	return (data instanceof ArrayBuffer ? data.byteLength : 0) - Number(start);
}
