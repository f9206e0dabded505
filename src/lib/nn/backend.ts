/**
 * The ladder of backends: WebGPU, WebGL, the processor. Each is loaded when it is tried, and what was
 * passed over is told with its reason.
 */
import { env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { useDevice } from './device';

export type BackendName = 'webgpu' | 'webgl' | 'cpu';

export interface Verdict {
	readonly backend: BackendName;
	/** the adapter by its maker's words; '' where the browser tells none */
	readonly adapter: string;
	/** whether the adapter is a program on the processor: right results, slow */
	readonly software: boolean;
	/** why the steps above were passed over, a sentence each */
	readonly passed: readonly string[];
}

/** Thrown when a step of the ladder is not there; its message says why. */
class Unavailable extends Error {
	override readonly name = 'Unavailable';
}

interface Adapter {
	readonly name: string;
	readonly software: boolean;
}

const STEPS: Readonly<Record<BackendName, () => Promise<Adapter>>> = {
	webgpu: startWebGpu,
	webgl: startWebGl,
	cpu: startCpu,
};
const TITLES: Readonly<Record<BackendName, string>> = {
	webgpu: 'WebGPU',
	webgl: 'WebGL',
	cpu: 'the processor',
};

/** @param first the step to begin with: what was asked for, or the best there is */
export async function chooseBackend(first: BackendName = 'webgpu'): Promise<Verdict> {
	const order = ['webgpu', 'webgl', 'cpu'] as const;
	const passed: string[] = [];
	for (const backend of order.slice(order.indexOf(first)))
		try {
			const { name, software } = await STEPS[backend]();
			return { backend, adapter: name, software, passed };
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			passed.push(`${TITLES[backend]}: ${reason}`);
		}
	throw new Unavailable(`Nothing can compute here. ${passed.join(' ')}`);
}

/** @returns a verdict in a sentence or two */
export function verdictText({ backend, adapter, software, passed }: Verdict): string {
	const runs = `Runs on ${TITLES[backend]}${adapter === '' ? '' : ` (${adapter})`}.`;
	const slow = software
		? ' This is a software adapter: results are right, times are not a GPU’s.'
		: '';
	return [runs + slow, ...passed.map((reason) => `Passed over: ${reason}`)].join(' ');
}

async function startWebGpu(): Promise<Adapter> {
	const gpu: GPU | undefined = globalThis.navigator?.gpu;
	if (!gpu) throw new Unavailable('this browser has none, or the page is not on a secure address.');
	const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
	if (!adapter) throw new Unavailable('the browser gives no adapter.');
	const { useWebGpu } = await import('./webgpu');
	await useWebGpu(adapter);
	return describeAdapter(adapter.info);
}

/** @returns what an adapter is called, and whether it is a program on the processor */
export function describeAdapter(info: GPUAdapterInfo): Adapter {
	const { vendor, architecture, description, isFallbackAdapter } = info;
	const name = description || [vendor, architecture].filter((word) => word !== '').join(' ');
	const software = isFallbackAdapter || isSoftware(`${vendor} ${architecture} ${description}`);
	return { name, software };
}

const isSoftware = (name: string) =>
	/swiftshader|llvmpipe|lavapipe|software|basic render/i.test(name);

async function startWebGl(): Promise<Adapter> {
	await import('@tensorflow/tfjs-backend-webgl');
	const context: unknown = canvas()?.getContext('webgl2');
	if (!(context instanceof WebGL2RenderingContext))
		throw new Unavailable('this browser gives no WebGL 2 context.');
	if (!(await setBackend('webgl')) || getBackend() !== 'webgl')
		throw new Unavailable('the backend did not start.');
	if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
		throw new Unavailable('it computes in half precision here, which is not enough for training.');
	useDevice(undefined);
	const info = context.getExtension('WEBGL_debug_renderer_info');
	const name = info ? String(context.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
	return { name, software: isSoftware(name) };
}

function canvas(): OffscreenCanvas | HTMLCanvasElement | undefined {
	if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
	return globalThis.document?.createElement('canvas');
}

async function startCpu(): Promise<Adapter> {
	const { useCpu } = await import('./cpu');
	useDevice(undefined);
	await useCpu();
	return { name: '', software: false };
}
