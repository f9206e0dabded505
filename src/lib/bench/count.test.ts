import { expect, test } from 'vitest';
import { difference, installCounter } from './count';

/** Just enough of WebGPU to be wrapped. */
function fakeScope() {
	class Pass {
		dispatchWorkgroups(x: number) {
			return x;
		}
	}
	class Queue {
		submit() {}
		writeBuffer(...args: unknown[]) {
			return args.length;
		}
	}
	class Device {
		createBuffer(descriptor: { size: number; mappedAtCreation?: boolean }) {
			return descriptor;
		}
		createComputePipeline() {}
	}
	class Buffer {
		async mapAsync() {}
	}
	const scope = {
		GPUComputePassEncoder: Pass,
		GPUQueue: Queue,
		GPUDevice: Device,
		GPUBuffer: Buffer,
	};
	return {
		scope,
		pass: new Pass(),
		queue: new Queue(),
		device: new Device(),
		buffer: new Buffer(),
	};
}

test('counts calls, passes them on and leaves their results alone', async () => {
	const { scope, pass, queue, device, buffer } = fakeScope();
	const counter = installCounter(scope);
	expect(pass.dispatchWorkgroups(7)).toBe(7);
	pass.dispatchWorkgroups(1);
	queue.submit();
	device.createComputePipeline();
	await buffer.mapAsync();
	expect(counter.read()).toMatchObject({ dispatches: 2, submits: 1, pipelines: 1, readbacks: 1 });
});

test('uploads are bytes, whatever the form of the data', () => {
	const { scope, queue, device } = fakeScope();
	const counter = installCounter(scope);
	queue.writeBuffer({}, 0, new Float32Array(10));
	queue.writeBuffer({}, 0, new Float32Array(10), 4);
	queue.writeBuffer({}, 0, new Float32Array(10), 0, 3);
	queue.writeBuffer({}, 0, new ArrayBuffer(9), 1);
	queue.writeBuffer({}, 0, new DataView(new ArrayBuffer(8)));
	expect(counter.read().uploadedBytes).toBe(40 + 24 + 12 + 8 + 8);
	device.createBuffer({ size: 100 });
	device.createBuffer({ size: 64, mappedAtCreation: true });
	expect(counter.read()).toMatchObject({ uploadedBytes: 92 + 64, uploads: 6, buffers: 2 });
});

test('without WebGPU everything stays 0', () => {
	const counter = installCounter({});
	expect(Object.values(counter.read()).every((n) => n === 0)).toBe(true);
});

test('the difference of two readings, per step', () => {
	const { scope, pass } = fakeScope();
	const counter = installCounter(scope);
	pass.dispatchWorkgroups(1);
	const before = counter.read();
	for (let i = 0; i < 6; i++) pass.dispatchWorkgroups(1);
	expect(difference(counter.read(), before, 3).dispatches).toBe(2);
});
