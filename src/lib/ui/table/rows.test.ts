import { describe, expect, test } from 'vitest';
import type { Query } from '../../db/protocol';
import { abortError } from '../../worker/rpc-error';
import { RowStore, type AskRows } from './rows.svelte';

const query = (dataset: string): Query => ({ filter: { dataset: [dataset] }, sort: [] });
const tick = () => new Promise((resolve) => setTimeout(resolve));

function fake(total: number) {
	const asked: [string, number, number][] = [];
	const ask: AskRows = async ({ filter }, start, count) => {
		asked.push([filter.dataset?.[0] ?? '', start, count]);
		const length = Math.max(0, Math.min(count, total - start));
		const trials = Uint32Array.from({ length }, (_, i) => start + i);
		return { total, start, trials, columns: new Map() };
	};
	return { ask, asked };
}

describe('RowStore', () => {
	test('asks for the first rows, then ahead, then only for what scrolling uncovers', async () => {
		const { ask, asked } = fake(100_000);
		const rows = new RowStore(ask);
		rows.show(query('a'), ['nn'], '1');
		rows.look({ start: 0, end: 40 });
		await tick();
		expect(asked).toEqual([
			['a', 0, 64],
			['a', 64, 128],
		]);
		expect(rows.at(100)?.window.trials[rows.at(100)?.index ?? -1]).toBe(100);
		rows.look({ start: 20, end: 60 });
		await tick();
		expect(asked).toHaveLength(2);
		rows.look({ start: 50_000, end: 50_040 });
		expect(rows.at(50_000)).toBeUndefined();
		await tick();
		expect(rows.at(50_000)).toBeDefined();
	});

	test('rows of the query before stay until the new ones are there', async () => {
		const { ask } = fake(10);
		let reordered = 0;
		const rows = new RowStore(ask, () => reordered++);
		rows.show(query('a'), ['nn'], '1');
		await tick();
		rows.show(query('b'), ['nn'], '1');
		expect([rows.total, rows.stale, rows.at(3) !== undefined]).toEqual([10, true, true]);
		await tick();
		expect([rows.stale, reordered]).toEqual([false, 1]);
		rows.show(query('b'), ['nn', 'epoch'], '1');
		await tick();
		expect(reordered).toBe(1);
	});

	test('a failure is kept and tried again on demand; an abort is none', async () => {
		let failure: Error | undefined = new Error('The worker is gone.');
		const { ask } = fake(10);
		const rows = new RowStore((...args) => (failure ? Promise.reject(failure) : ask(...args)));
		rows.show(query('a'), ['nn'], '1');
		await tick();
		expect([rows.error?.message, rows.total]).toEqual(['The worker is gone.', undefined]);
		failure = undefined;
		rows.retry();
		await tick();
		expect([rows.error, rows.total]).toEqual([undefined, 10]);
	});

	test('an answer to an earlier query is dropped', async () => {
		const { ask } = fake(10);
		let refuse: (reason: unknown) => void = () => undefined;
		const first = new Promise<never>((_, reject) => (refuse = reject));
		const rows = new RowStore((q, ...rest) =>
			q.filter.dataset?.[0] === 'slow' ? first : ask(q, ...rest),
		);
		rows.show(query('slow'), ['nn'], '1');
		rows.show(query('b'), ['nn'], '1');
		refuse(abortError());
		await tick();
		expect([rows.error, rows.total]).toEqual([undefined, 10]);
	});

	test('two stores in one lane do not abort each other without end', async () => {
		const { ask } = fake(1_000);
		let calls = 0;
		let refuse: (reason: Error) => void = () => undefined;
		const lane: AskRows = (...args) => {
			if (++calls > 20) return Promise.reject(new Error('They fight.'));
			refuse(abortError());
			return new Promise((resolve, reject) => {
				refuse = reject;
				setTimeout(() => void ask(...args).then(resolve), 5);
			});
		};
		const gone = new RowStore(lane);
		const shown = new RowStore(lane);
		gone.show(query('a'), ['nn'], '1');
		shown.show(query('b'), ['nn'], '1');
		await expect.poll(() => shown.total).toBe(1_000);
		expect([calls < 6, gone.error, shown.error]).toEqual([true, undefined, undefined]);
	});

	test('a store that was stopped takes nothing and asks nothing', async () => {
		const { ask, asked } = fake(1_000);
		const rows = new RowStore(ask);
		rows.show(query('a'), ['nn'], '1');
		rows.stop();
		rows.look({ start: 500, end: 540 });
		await tick();
		expect([rows.total, asked.length]).toEqual([undefined, 1]);
	});
});
