/**
 * The ladder of backends: WebGPU, WebGL, the processor. Each is loaded when it is tried, and what was
 * passed over is told with its reason. An adapter that is a program on the processor is passed over
 * too, unless it was asked for: small nets train several times faster on the processor itself.
 */
import { env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { useDevice } from './device';

export type BackendName = 'webgpu' | 'webgl' | 'cpu';
/** A step to begin with, or whatever is likely to be fastest here. */
export type BackendChoice = BackendName | 'auto';

export interface Verdict {
	readonly backend: BackendName;
	/** the adapter by its maker's words; '' where the browser tells none */
	readonly adapter: string;
	/** whether the adapter is a program on the processor: right results, slow */
	readonly software: boolean;
	/** why the steps above were passed over, a sentence each */
	readonly passed: readonly string[];
	/** a software adapter that was passed over: it works, and may be faster for large nets */
	readonly emulated?: BackendName;
}

/** Thrown when a step of the ladder is not there; its message says why. */
class Unavailable extends Error {
	override readonly name = 'Unavailable';
}

interface Adapter {
	readonly name: string;
	readonly software: boolean;
}

/** A step that is there and not started yet. */
interface Step extends Adapter {
	readonly start: () => Promise<void>;
}

const STEPS: Readonly<Record<BackendName, () => Promise<Step>>> = {
	webgpu: findWebGpu,
	webgl: findWebGl,
	cpu: findCpu,
};
const TITLES: Readonly<Record<BackendName, string>> = {
	webgpu: 'WebGPU',
	webgl: 'WebGL',
	cpu: 'the processor',
};

/** @param choice the step to begin with, taken even where it is a software adapter; or `auto` */
export async function chooseBackend(choice: BackendChoice = 'auto'): Promise<Verdict> {
	const order = ['webgpu', 'webgl', 'cpu'] as const;
	const passed: string[] = [];
	let emulated: BackendName | undefined;
	for (const backend of order.slice(choice === 'auto' ? 0 : order.indexOf(choice)))
		try {
			const { name, software, start } = await STEPS[backend]();
			if (software && choice === 'auto') {
				const text = emulated === undefined ? emulatedText(name) : 'a program as well.';
				emulated ??= backend;
				throw new Unavailable(text);
			}
			await start();
			const facts = { backend, adapter: name, software, passed };
			return emulated === undefined ? facts : { ...facts, emulated };
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			passed.push(`${TITLES[backend]}: ${reason}`);
		}
	throw new Unavailable(`Nothing can compute here. ${passed.join(' ')}`);
}

const emulatedText = (name: string) =>
	`its adapter (${name}) is a program on the processor, mostly slower than the processor itself.`;

/** @returns a verdict in a sentence or two */
export function verdictText({ backend, adapter, software, passed }: Verdict): string {
	const runs = `Runs on ${TITLES[backend]}${adapter === '' ? '' : ` (${adapter})`}.`;
	const slow = software
		? ' This is a software adapter: results are right, times are not a GPU’s.'
		: '';
	return [runs + slow, ...passed.map((reason) => `Passed over: ${reason}`)].join(' ');
}

async function findWebGpu(): Promise<Step> {
	const gpu: GPU | undefined = globalThis.navigator?.gpu;
	if (!gpu) throw new Unavailable('this browser has none, or the page is not on a secure address.');
	const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
	if (!adapter) throw new Unavailable('the browser gives no adapter.');
	const start = async () => (await import('./webgpu')).useWebGpu(adapter);
	return { ...describeAdapter(adapter.info), start };
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

async function findWebGl(): Promise<Step> {
	const context: unknown = canvas()?.getContext('webgl2');
	if (!(context instanceof WebGL2RenderingContext))
		throw new Unavailable('this browser gives no WebGL 2 context.');
	const info = context.getExtension('WEBGL_debug_renderer_info');
	const name = info ? String(context.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
	return { name, software: isSoftware(name), start: useWebGl };
}

async function useWebGl(): Promise<void> {
	await import('@tensorflow/tfjs-backend-webgl');
	if (!(await setBackend('webgl')) || getBackend() !== 'webgl')
		throw new Unavailable('the backend did not start.');
	if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
		throw new Unavailable('it computes in half precision here, which is not enough for training.');
	useDevice(undefined);
}

function canvas(): OffscreenCanvas | HTMLCanvasElement | undefined {
	if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
	return globalThis.document?.createElement('canvas');
}

async function findCpu(): Promise<Step> {
	const { useCpu } = await import('./cpu');
	const start = async () => {
		useDevice(undefined);
		await useCpu();
	};
	return { name: '', software: false, start };
}
