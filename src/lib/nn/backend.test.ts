import { describe, expect, test } from 'vitest';
import { chooseBackend, verdictText } from './backend';

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
});
