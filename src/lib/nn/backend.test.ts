import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseBackend, verdictText } from './backend';

afterEach(() => vi.unstubAllGlobals());

/** A browser whose only adapter bears these names, and whose device cannot be had. */
function adapterOf(info: Partial<GPUAdapterInfo>): void {
	const names = {
		vendor: '',
		architecture: '',
		description: '',
		isFallbackAdapter: false,
		...info,
	};
	const adapter = {
		info: names,
		limits: {},
		requestDevice: () => Promise.reject(new Error('this test has no device.')),
	};
	vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(adapter) } });
}

describe('the ladder of backends', () => {
	test('ends at the processor where there is no GPU, and says what was passed over', async () => {
		const verdict = await chooseBackend();
		expect(verdict.backend).toBe('cpu');
		expect(verdict.passed).toHaveLength(2);
		expect(verdict.passed[0]).toMatch(/^WebGPU: this browser has none/);
		expect(verdictText(verdict)).toMatch(
			/^Runs on the processor\. Passed over: WebGPU: .* Passed over: WebGL: /,
		);
	});

	test('begins where it is told', async () => {
		const verdict = await chooseBackend('cpu');
		expect(verdict).toEqual({ backend: 'cpu', adapter: '', software: false, passed: [] });
	});

	test('warns of a software adapter', () => {
		const verdict = {
			backend: 'webgpu',
			adapter: 'google swiftshader',
			software: true,
			passed: [],
		} as const;
		expect(verdictText(verdict)).toContain('software adapter: results are right, times are not');
	});

	test.each<[string, Partial<GPUAdapterInfo>]>([
		['by its name', { vendor: 'google', architecture: 'swiftshader' }],
		['by its mark', { vendor: 'acme', isFallbackAdapter: true }],
		['as Windows calls it', { description: 'Microsoft Basic Render Driver' }],
	])('the processor comes before a software adapter, known %s', async (_, info) => {
		adapterOf(info);
		const verdict = await chooseBackend();
		expect(verdict).toMatchObject({ backend: 'cpu', emulated: 'webgpu' });
		expect(verdictText(verdict)).toMatch(
			/Passed over: WebGPU: its adapter \(.+\) is a program on the processor, mostly slower/,
		);
	});

	test('a software adapter is taken when it is asked for; a real one always', async () => {
		adapterOf({ vendor: 'google', architecture: 'swiftshader' });
		const asked = await chooseBackend('webgpu');
		expect(asked.passed[0]).toBe('WebGPU: this test has no device.');
		expect(asked.emulated).toBeUndefined();
		adapterOf({ vendor: 'nvidia', architecture: 'ampere' });
		expect((await chooseBackend()).passed[0]).toBe('WebGPU: this test has no device.');
	});
});
