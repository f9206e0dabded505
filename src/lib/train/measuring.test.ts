import { describe, expect, it } from 'vitest';
import { abortError } from '../worker/rpc-error';
import type { MeasureOptions } from './client';
import { Measuring } from './measuring';
import type { Measurement } from './protocol';
import { tinyConfig } from './testing';

const measurement = { parameters: 1 } as unknown as Measurement;
const seeded = (seed: number) => ({ ...tinyConfig, seed });

/** A worker that measures one trial at a time, as long as it is told. */
function worker() {
	let busy: { seed: number; finish: () => void } | undefined;
	const begun: number[] = [];
	let kills = 0;
	const client = {
		measure: ({ seed }: { seed: number }, _backend: unknown, options: MeasureOptions = {}) =>
			new Promise<Measurement>((resolve, reject) => {
				if (busy) return reject(new Error('TRAIN_BUSY'));
				begun.push(seed);
				const finish = () => {
					busy = undefined;
					resolve(measurement);
					options.onAnswered?.();
				};
				busy = { seed, finish };
				options.signal?.addEventListener('abort', () => reject(abortError()));
			}),
		kill: () => {
			kills++;
			busy?.finish();
		},
	};
	return { client, begun, finish: () => busy?.finish(), kills: () => kills };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const codeOf = (asked: Promise<unknown>) =>
	asked.then(
		() => 'measured',
		(error: Error) => error.name,
	);

describe('Measuring', () => {
	it('gives what the worker measures', async () => {
		const { client, finish } = worker();
		const asked = new Measuring(() => client).ask(tinyConfig, 'cpu');
		await turn();
		finish();
		expect(await asked).toBe(measurement);
	});

	it('of several questions while one is measured, only the newest begins, when that one has ended', async () => {
		const { client, begun, finish, kills } = worker();
		const measuring = new Measuring(() => client, 60_000);
		const asked = [1, 2, 3].map((seed) => codeOf(measuring.ask(seeded(seed), 'cpu')));
		await turn();
		const late = codeOf(measuring.ask(seeded(4), 'cpu'));
		await turn();
		// The first one computes on until it answers.
		finish();
		await turn();
		finish();
		expect(await Promise.all([...asked, late])).toEqual([
			...['AbortError', 'AbortError', 'AbortError'],
			'measured',
		]);
		expect([begun.at(-1), begun.length, kills()]).toEqual([4, 2, 0]);
	});

	it('ends a step that takes too long with its worker', async () => {
		const { client, begun, finish, kills } = worker();
		const measuring = new Measuring(() => client, 5);
		const first = codeOf(measuring.ask(seeded(1), 'cpu'));
		await turn();
		const second = measuring.ask(seeded(2), 'cpu');
		await expect.poll(() => begun).toEqual([1, 2]);
		finish();
		expect([await first, await second, kills()]).toEqual(['AbortError', measurement, 1]);
	});

	it('the end lets nothing begin that waits', async () => {
		const { client, begun, finish } = worker();
		const measuring = new Measuring(() => client, 60_000);
		const first = codeOf(measuring.ask(seeded(1), 'cpu'));
		await turn();
		const second = codeOf(measuring.ask(seeded(2), 'cpu'));
		const ended = measuring.end();
		finish();
		await ended;
		expect(await Promise.all([first, second])).toEqual(['AbortError', 'AbortError']);
		expect(begun).toEqual([1]);
	});
});
