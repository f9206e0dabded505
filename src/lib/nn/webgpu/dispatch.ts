/**
 * Runs our own WGSL in the compute pass that tfjs has open, so that both mix without extra submits.
 * A program may write several tensors, and a uniform block is uploaded once per content: a steady
 * step uploads none. What the programs compute is in the files beside this one.
 */
import { backend, type TensorInfo } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { checkDeviceAlive, checkTensorSize, reportFault, reportLoss, useDevice } from '../device';

/** The part of the backend that its types call private; pinned by the version in package.json. */
interface Internals {
	commandEncoder: GPUCommandEncoder | null;
	computePassEncoder: GPUComputePassEncoder | null;
	commandQueueOwnedIds: WeakSet<object>;
	dispatchCountInPass: number;
}

/** One storage buffer of a program: its name in WGSL and the type of its elements. */
export type Slot = readonly [name: string, type: 'f32' | 'vec4<f32>' | 'i32' | 'u32'];

export interface Program {
	/** name in the browser's tools; a program is told apart by its identity, see `programs` */
	readonly key: string;
	readonly reads: readonly Slot[];
	readonly writes: readonly Slot[];
	/** names of the words of `u`; i32 unless they end in `: f32` or `: u32` */
	readonly uniforms: readonly string[];
	/** functions before the body */
	readonly functions?: string;
	/** one thread; `i` is its number, i32 */
	readonly body: string;
}

export interface Call {
	readonly reads: readonly TensorInfo[];
	readonly writes: readonly TensorInfo[];
	readonly uniforms: readonly number[];
	readonly threads: number;
}

const GROUP = 64;
const MOST_GROUPS = 65_535;
/** Blocks of past seeds and learning rates are let go behind this many. */
const KEPT_BLOCKS = 2_048;

interface Compiled {
	readonly pipeline: GPUComputePipeline;
	readonly layout: GPUBindGroupLayout;
}
interface Device {
	readonly compiled: Map<Program, Compiled>;
	readonly blocks: Map<string, GPUBuffer>;
}

/**
 * Makes each program once for its arguments: sources are long, and a program is known to the device by
 * its identity.
 */
export function programs<Args extends readonly (string | number | boolean)[]>(
	make: (...args: Args) => Program,
): (...args: Args) => Program {
	const made = new Map<string, Program>();
	return (...args) => {
		const key = args.join();
		let found = made.get(key);
		if (!found) made.set(key, (found = make(...args)));
		return found;
	};
}

/** The device tells of its limits, its loss and its refusals from now on. */
export function watch(device: GPUDevice): void {
	const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
	useDevice(device, Math.min(maxBufferSize, maxStorageBufferBindingSize));
	void device.lost.then(({ reason, message }) => reportLoss(device, message || reason));
	device.addEventListener('uncapturederror', ({ error }) => {
		const full = error instanceof GPUOutOfMemoryError ? 'out of memory. ' : '';
		reportFault(device, full + error.message);
	});
}

const devices = new WeakMap<WebGPUBackend, Device>();

/** @throws TypeError when another backend is current */
export function gpuBackend(given: unknown = backend()): WebGPUBackend {
	if (given instanceof WebGPUBackend) return given;
	throw new TypeError('This kernel is for WebGPU.');
}

/**
 * @returns a tensor of floats without values yet
 * @throws TensorLimitError when the device cannot hold it
 */
export function empty(gpu: WebGPUBackend, shape: readonly number[]): TensorInfo {
	checkTensorSize('A result', shape);
	return gpu.makeTensorInfo([...shape], 'float32');
}

/** Storage buffers that one program may bind. */
export function bindings(gpu: WebGPUBackend): number {
	return gpu.device.limits.maxStorageBuffersPerShaderStage;
}

/** Frees tensors that no caller sees; their memory stays until the queue was submitted. */
export function release(gpu: WebGPUBackend, ...infos: readonly TensorInfo[]): void {
	for (const { dataId } of infos) gpu.disposeData(dataId);
}

/** Records one dispatch. */
export function run(gpu: WebGPUBackend, program: Program, call: Call): void {
	checkDeviceAlive();
	const device = deviceOf(gpu);
	const { pipeline, layout } = compiledOf(gpu, device, program);
	const inner = gpu as unknown as Internals; // see there
	const resources = [...call.reads, ...call.writes].map(({ dataId }) => {
		gpu.uploadToGPU(dataId);
		inner.commandQueueOwnedIds.add(dataId);
		return { buffer: gpu.tensorMap.get(dataId).resource as GPUBuffer }; // never a texture here
	});
	// Values that were read back before are no longer the tensor's.
	for (const { dataId } of call.writes) gpu.tensorMap.get(dataId).values = null as never;
	if (program.uniforms.length > 0)
		resources.push({ buffer: blockOf(gpu, device, program, call.uniforms) });
	const bindGroup = gpu.device.createBindGroup({
		layout,
		entries: resources.map((resource, binding) => ({ binding, resource })),
	});
	gpu.ensureCommandEncoderReady();
	inner.computePassEncoder ??= inner.commandEncoder!.beginComputePass();
	const groups = Math.ceil(call.threads / GROUP);
	const wide = Math.min(groups, MOST_GROUPS);
	inner.computePassEncoder.setPipeline(pipeline);
	inner.computePassEncoder.setBindGroup(0, bindGroup);
	inner.computePassEncoder.dispatchWorkgroups(wide, Math.ceil(groups / wide));
	inner.dispatchCountInPass++;
}

/** Sends what was recorded to the device: once per step, so that it works while the next is recorded. */
export function submit(gpu: WebGPUBackend): void {
	const inner = gpu as unknown as Internals; // see there
	if (!inner.commandEncoder) return;
	gpu.endComputePassEncoder();
	gpu.submitQueue();
}

function deviceOf(gpu: WebGPUBackend): Device {
	let found = devices.get(gpu);
	if (!found) devices.set(gpu, (found = { compiled: new Map(), blocks: new Map() }));
	return found;
}

function compiledOf({ device }: WebGPUBackend, { compiled }: Device, program: Program): Compiled {
	let found = compiled.get(program);
	if (!found) {
		const module = device.createShaderModule({ code: sourceOf(program), label: program.key });
		const compute = { module, entryPoint: 'main' };
		const pipeline = device.createComputePipeline({ compute, layout: 'auto', label: program.key });
		compiled.set(program, (found = { pipeline, layout: pipeline.getBindGroupLayout(0) }));
	}
	return found;
}

function sourceOf({ reads, writes, uniforms, functions = '', body }: Program): string {
	const slots = [
		...reads.map(([name, type]) => `var<storage, read> ${name}: array<${type}>;`),
		...writes.map(([name, type]) => `var<storage, read_write> ${name}: array<${type}>;`),
		...(uniforms.length > 0 ? ['var<uniform> u: Words;'] : []),
	];
	const words = uniforms.map((word) => (word.includes(':') ? word : `${word}: i32`));
	return `${words.length > 0 ? `struct Words { ${words.join(', ')} }` : ''}
${slots.map((slot, at) => `@group(0) @binding(${at}) ${slot}`).join('\n')}
${functions}
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) place: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = i32(place.x + place.y * groups.x * ${GROUP}u);
${body}
}`;
}

function blockOf(
	{ device }: WebGPUBackend,
	{ blocks }: Device,
	{ uniforms }: Program,
	values: readonly number[],
): GPUBuffer {
	const bytes = new DataView(new ArrayBuffer(Math.ceil(uniforms.length / 4) * 16));
	for (const [at, word] of uniforms.entries()) {
		const value = values[at] ?? 0;
		if (word.endsWith('f32')) bytes.setFloat32(at * 4, value, true);
		else if (word.endsWith('u32')) bytes.setUint32(at * 4, value, true);
		else bytes.setInt32(at * 4, value, true);
	}
	const words = new Uint32Array(bytes.buffer);
	const key = words.join();
	let found = blocks.get(key);
	if (!found) {
		if (blocks.size >= KEPT_BLOCKS) blocks.delete(blocks.keys().next().value!);
		found = device.createBuffer({
			size: bytes.byteLength,
			usage: GPUBufferUsage.UNIFORM,
			mappedAtCreation: true,
		});
		new Uint32Array(found.getMappedRange()).set(words);
		found.unmap();
		blocks.set(key, found);
	}
	return found;
}
