import { describe, expect, test } from 'vitest';
import { heartbeat } from './heartbeat';

function setUp(pending: number) {
	let tick = () => undefined as void;
	let running = true;
	let silent = 0;
	let pings = 0;
	let pong = () => undefined as void;
	const pulse = {
		pending,
		ping: () => {
			pings++;
			return new Promise<void>((resolve) => (pong = resolve));
		},
	};
	const stop = heartbeat(pulse, () => silent++, {
		allowed: 3,
		setInterval: (callback) => (tick = callback),
		clearInterval: () => (running = false),
	});
	const ticks = async (count: number) => {
		for (let i = 0; i < count && running; i++) tick();
		await Promise.resolve();
	};
	const answer = async () => {
		pong();
		await new Promise((resolve) => setTimeout(resolve));
	};
	return { ticks, answer, stop, state: () => ({ silent, pings, running }) };
}

describe('heartbeat(pulse)', () => {
	test('asks only while somebody waits', async () => {
		const { ticks, state } = setUp(0);
		await ticks(10);
		expect(state()).toEqual({ silent: 0, pings: 0, running: true });
	});

	test('a worker that answers lives on', async () => {
		const { ticks, answer, state } = setUp(1);
		for (let i = 0; i < 5; i++) {
			await ticks(3);
			await answer();
		}
		expect(state()).toEqual({ silent: 0, pings: 5, running: true });
	});

	test('silence is reported once', async () => {
		const { ticks, state } = setUp(1);
		await ticks(3);
		expect(state().silent).toBe(0);
		await ticks(10);
		expect(state()).toEqual({ silent: 1, pings: 1, running: false });
	});

	test('stops when told', () => {
		const { stop, state } = setUp(1);
		stop();
		expect(state().running).toBe(false);
	});
});
