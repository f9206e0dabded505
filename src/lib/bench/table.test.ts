import { describe, expect, test } from 'vitest';
import type { Entry, ModelResult } from './race';
import { linesOf, otherLosses, reachesOf } from './table';
import { GROUND, NO_COUNTS } from './testing';
import { cellText, csvOf, markdownOf, otherText } from './text';
import type { StrategyId } from './strategies';
import type { Ground } from './strategy';

interface Given {
	readonly dispatches: number;
	readonly stepMs: readonly number[];
	readonly ground?: Ground;
	readonly losses?: readonly number[];
}

function entry(strategy: StrategyId, given: Given): Entry {
	const { dispatches, stepMs, ground = GROUND, losses = [2, 1] } = given;
	const counts = { ...NO_COUNTS, dispatches, uploadedBytes: 13_000 };
	const rounds = stepMs.map((ms) => ({ hostMs: [ms / 10], stepMs: ms, counts, tensors: 0 }));
	return { strategy, ok: true, ground, first: { firstMs: 9, pipelines: 3, losses }, rounds };
}

const result = (...entries: Entry[]): ModelResult => ({ model: 'lenet', batch: 16, entries });

const both = result(
	entry('ours', { dispatches: 40, stepMs: [5, 6, 100] }),
	entry('stock', { dispatches: 110, stepMs: [50, 60, 70] }),
);

describe('figures of a race', () => {
	test('are medians over the rounds', () => {
		const [ours] = linesOf(both).lines;
		expect(ours).toMatchObject({ stepMs: 6, hostMs: 0.6, dispatches: 40, loss: 1, pipelines: 3 });
	});

	test('reach what they are meant to, beside stock tfjs', () => {
		const reaches = reachesOf(both);
		expect(reaches.map(({ met }) => met)).toEqual([true, true, true, true, true, true]);
		expect(reaches.find(({ name }) => name === 'uploaded')).toMatchObject({
			value: 13_000,
			most: 1.1 * 16 * 784 + 4_000,
		});
		expect(reaches.find(({ name }) => /^dispatches/.test(name))?.value).toBeCloseTo(40 / 110);
	});

	test('a figure that is missed says so', () => {
		const slow = result(
			entry('ours', { dispatches: 100, stepMs: [50] }),
			entry('stock', { dispatches: 110, stepMs: [60] }),
		);
		const missed = reachesOf(slow).filter(({ met }) => !met);
		expect(missed.map(({ name }) => name.split(' ')[0])).toEqual(['dispatches', 'host', 'step']);
	});

	test('no ratios on another adapter, nothing to reach without WebGPU', () => {
		const other = result(
			entry('ours', { dispatches: 1, stepMs: [1] }),
			entry('stock', { dispatches: 1, stepMs: [1], ground: { ...GROUND, adapter: 'another' } }),
		);
		expect(reachesOf(other).map(({ name }) => name)).toEqual(['readbacks', 'uploaded', 'tensors']);
		const cpu = result(
			entry('ours', { dispatches: 0, stepMs: [1], ground: { ...GROUND, backend: 'cpu' } }),
		);
		expect(reachesOf(cpu)).toEqual([]);
		expect(linesOf(cpu).lines[0]!.dispatches).toBeNaN();
	});

	test('losses that differ are noticed', () => {
		expect(otherLosses(both)).toEqual([]);
		const off = (last: number) =>
			otherLosses(
				result(
					both.entries[0]!,
					entry('stock', { dispatches: 1, stepMs: [1], losses: [2, 1] }),
					entry('jax', { dispatches: 1, stepMs: [1], losses: [2, last] }),
				),
			);
		expect(off(1.0005)).toEqual([]);
		expect(off(1.1)).toEqual([{ title: 'jax-js', from: 'lib/nn', off: expect.closeTo(0.1, 6) }]);
		expect(otherText(off(1.1)[0]!)).toContain(
			'jax-js computes other losses than lib/nn (up to 10 %',
		);
		expect(otherText(off(NaN)[0]!)).toContain('not a number');
	});
});

describe('as text', () => {
	const failed: Entry = { strategy: 'jax', ok: false, reason: 'No | WebGPU.' };
	const mixed = result(...both.entries, failed);

	test('cells have their units', () => {
		expect(cellText(1234.5, 'ms')).toBe('1,235 ms');
		expect(cellText(0.5, 'ms')).toBe('0.50 ms');
		expect(cellText(12_345, 'bytes')).toBe('12,345 B');
		expect(cellText(NaN, '')).toBe('–');
		expect(cellText(0.333, '×')).toBe('0.33 ×');
	});

	test('Markdown holds every library, what failed and what is reached', () => {
		const text = markdownOf([mixed], { ground: 'On WebGPU.', conditions: '3 rounds.' });
		expect(text).toContain('### LeNet-5, 16 images a step');
		expect(text).toMatch(/^\| lib\/nn \| 40 \|/m);
		expect(text).toContain('jax-js did not run: No \\| WebGPU.');
		expect(text).toContain('- readbacks: 0 (at most 0)');
	});

	test('CSV has one row per library and plain numbers', () => {
		const lines = csvOf([mixed]).trimEnd().split('\r\n');
		expect(lines).toHaveLength(3);
		expect(lines[0]).toContain('host (ms)');
		expect(lines[1]).toMatch(/^lenet,16,lib\/nn,webgpu,a test,40,0,13000,0,0,0\.6,6,9,3,1$/);
	});
});
