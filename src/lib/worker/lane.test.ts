import { describe, expect, test } from 'vitest';
import { createLane } from './lane';
import { isAbort } from './rpc-error';

/** A worker that answers when told to. */
function manual() {
	const sent: { name: string; answer: () => void; signal: AbortSignal }[] = [];
	const send = (name: string) => (signal: AbortSignal, answered: () => void) =>
		new Promise<string>((resolve) => {
			const answer = () => {
				resolve(name);
				answered();
			};
			sent.push({ name, answer, signal });
		});
	return { sent, send };
}
const settle = (work: Promise<string>) =>
	work.catch((error: unknown) => (isAbort(error) ? 'aborted' : 'failed'));

describe('createLane()', () => {
	test('the newest wins: the one between is never sent', async () => {
		const { sent, send } = manual();
		const lane = createLane();
		const results = ['a', 'b', 'c'].map((name) => settle(lane(send(name))));
		expect(sent.map(({ name }) => name)).toEqual(['a']);
		expect(sent[0]?.signal.aborted).toBe(true);
		sent[0]?.answer();
		expect(sent.map(({ name }) => name)).toEqual(['a', 'c']);
		sent[1]?.answer();
		expect(await Promise.all(results)).toEqual(['aborted', 'aborted', 'c']);
	});

	test('requests one after the other are all answered', async () => {
		const { sent, send } = manual();
		const lane = createLane();
		for (const name of ['a', 'b']) {
			const result = lane(send(name));
			sent.at(-1)?.answer();
			expect(await result).toBe(name);
		}
	});

	test("the caller's own abort counts, while waiting too", async () => {
		const { sent, send } = manual();
		const lane = createLane();
		const first = settle(lane(send('a')));
		const controller = new AbortController();
		const second = settle(lane(send('b'), controller.signal));
		controller.abort();
		sent[0]?.answer();
		expect(await Promise.all([first, second])).toEqual(['aborted', 'aborted']);
		expect(sent.length).toBe(1);
		expect(await settle(lane(send('c'), AbortSignal.abort()))).toBe('aborted');
		expect(sent.length).toBe(1);
	});

	test('a failure frees the lane', async () => {
		const lane = createLane();
		const failing = (_: AbortSignal, answered: () => void) => {
			answered();
			return Promise.reject<string>(new Error('no'));
		};
		expect(await settle(lane(failing))).toBe('failed');
		const { sent, send } = manual();
		const next = settle(lane(send('a')));
		sent[0]?.answer();
		expect(await next).toBe('a');
	});
});
