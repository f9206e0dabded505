import { describe, expect, it } from 'vitest';
import type { BackendChoice, Verdict } from '../nn/backend';
import { Backends } from './backends';
import { tinyConfig } from './testing';

/** A machine whose only adapter is a program; steps take `times` ms by backend. */
function softwareMachine(times: Readonly<Record<string, number | Error>>) {
	const chosen: BackendChoice[] = [];
	let current = '';
	const computing = {
		chooseBackend: async (choice: BackendChoice = 'auto'): Promise<Verdict> => {
			chosen.push(choice);
			current = choice === 'webgpu' ? 'webgpu' : 'cpu';
			if (choice === 'webgpu')
				return { backend: 'webgpu', adapter: 'swiftshader', software: true, passed: [] };
			const facts = { backend: 'cpu', adapter: '', software: false, passed: [] } as const;
			return choice === 'auto' ? { ...facts, emulated: 'webgpu' } : facts;
		},
		verdictText: ({ backend }: Verdict) => `Runs on ${backend}.`,
	};
	const work = async () => {
		const step = times[current];
		if (typeof step !== 'number') throw step ?? new Error('not measured');
		return {
			parameters: 1,
			memory: 1,
			firstStep: step,
			step,
			evaluation: 1,
			steps: 1,
			total: step,
		};
	};
	return { backends: new Backends(async () => computing), chosen, work };
}

const real = (verdict: Verdict) =>
	new Backends(async () => ({ chooseBackend: async () => verdict, verdictText: () => '' }));

describe('what a trial runs on', () => {
	it('a fast step on the processor is measured there alone', async () => {
		const { backends, chosen, work } = softwareMachine({ cpu: 80 });
		const { backend } = await backends.measure(tinyConfig, 'auto', work);
		expect([backend.backend, chosen]).toEqual(['cpu', ['auto']]);
		expect(backends.choiceFor(tinyConfig, 'auto')).toBe('auto');
	});

	it('a slow one is compared with the software adapter, and the faster is what the trial gets', async () => {
		const { backends, work } = softwareMachine({ cpu: 4_000, webgpu: 900 });
		const { backend, step } = await backends.measure(tinyConfig, 'auto', work);
		expect(step).toBe(900);
		expect(backend.text).toBe(
			'Runs on webgpu. A step takes 4 s on the processor, 0.9 s on swiftshader.',
		);
		expect(backends.choiceFor(tinyConfig, 'auto')).toBe('webgpu');
		expect(backends.choiceFor({ ...tinyConfig, epochs: 9 }, 'auto')).toBe('webgpu');
		expect(backends.choiceFor({ ...tinyConfig, nn: 'Other' }, 'auto')).toBe('auto');
		expect(backends.choiceFor(tinyConfig, 'cpu')).toBe('cpu');
	});

	it('the processor stays when the adapter is slower, and is not asked about again', async () => {
		const { backends, chosen, work } = softwareMachine({ cpu: 600, webgpu: 900 });
		const { backend } = await backends.measure(tinyConfig, 'auto', work);
		expect(backend.backend).toBe('cpu');
		expect((await backends.choose('cpu')).backend).toBe('cpu');
		await backends.measure(tinyConfig, 'auto', work);
		expect(chosen).toEqual(['auto', 'webgpu', 'cpu']);
	});

	it('an adapter that cannot take the net leaves the processor', async () => {
		const { backends, work } = softwareMachine({ cpu: 600, webgpu: new Error('out of memory') });
		const { backend } = await backends.measure(tinyConfig, 'auto', work);
		expect(backend.backend).toBe('cpu');
		expect(backend.text).toContain('The adapter cannot take it: out of memory');
		expect((await backends.choose(backends.choiceFor(tinyConfig, 'auto'))).backend).toBe('cpu');
	});

	it('pictures are enlarged on a real GPU only', async () => {
		const facts = { adapter: '', software: false, passed: [] };
		for (const [verdict, expected] of [
			[{ ...facts, backend: 'webgpu' }, true],
			[{ ...facts, backend: 'webgl' }, true],
			[{ ...facts, backend: 'webgpu', software: true }, false],
			[{ ...facts, backend: 'cpu' }, false],
		] as const) {
			const backends = real(verdict);
			expect(backends.resizes).toBe(false);
			await backends.choose('auto');
			expect(backends.resizes).toBe(expected);
		}
	});
});
