import { describe, expect, it } from 'vitest';
import { fetchPart, type NetworkEffects } from './fetch-part';
import { sha256 } from './sha256';

const content = new TextEncoder().encode('twelve bytes');
const part = async () => ({
	name: 'part 1 of 2',
	url: 'https://lemur.example/p',
	bytes: content.length,
	sha256: await sha256(content),
});

/** Answers in turn; timers are kept and never fire by themselves. */
function network(answers: readonly (() => Response)[]) {
	const timers = new Map<object, { ms: number; done: () => void }>();
	let asked = 0;
	const effects: NetworkEffects = {
		fetch: async () => answers[asked++]!(),
		online: () => true,
		timer(ms, done) {
			const key = {};
			timers.set(key, { ms, done });
			return () => timers.delete(key);
		},
	};
	return { effects, timers };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('fetchPart()', () => {
	it('leaves no timer behind', async () => {
		const { effects, timers } = network([() => new Response(content)]);
		const received: number[] = [];
		const { signal } = new AbortController();
		expect(await fetchPart(effects, await part(), (n) => received.push(n), signal)).toEqual(
			content,
		);
		expect(received.at(-1)).toBe(content.length);
		await settle();
		expect(timers.size).toBe(0);
	});

	it('waits longer before the third try, and an abort ends the waiting', async () => {
		const none = () => new Response('', { status: 500 });
		const { effects, timers } = network([none, none, none]);
		const controller = new AbortController();
		const work = fetchPart(effects, await part(), () => undefined, controller.signal);
		await settle();
		const [first] = timers.values();
		first!.done();
		timers.clear();
		await settle();
		expect([first, ...timers.values()].map((timer) => timer!.ms)).toEqual([300, 1_000]);
		controller.abort();
		await expect(work).rejects.toMatchObject({ name: 'AbortError' });
		expect(timers.size).toBe(0);
	});

	it('says what was wrong with the last answer', async () => {
		const empty = () => new Response(null, { status: 200 });
		const { effects, timers } = network([empty, empty, empty]);
		const work = fetchPart(effects, await part(), () => undefined, new AbortController().signal);
		const failed = expect(work).rejects.toMatchObject({
			code: 'DB_MISSING',
			message: 'Part 1 of 2 did not arrive: the answer was empty.',
		});
		for (let pause = 0; pause < 2; pause++) {
			await settle();
			for (const { done } of [...timers.values()]) done();
		}
		await failed;
	});
});
