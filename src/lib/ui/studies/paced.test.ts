import { describe, expect, it } from 'vitest';
import { paced, type PaceEffects } from './paced';

/** A clock that moves only when told, with its timers. */
function clock(): PaceEffects & { pass(ms: number): Promise<void> } {
	let now = 0;
	let timers: { at: number; call: () => void }[] = [];
	return {
		now: () => now,
		after(ms, call) {
			const timer = { at: now + ms, call };
			timers.push(timer);
			return () => (timers = timers.filter((one) => one !== timer));
		},
		async pass(ms) {
			now += ms;
			const due = timers.filter(({ at }) => at <= now);
			timers = timers.filter(({ at }) => at > now);
			for (const { call } of due) call();
			await new Promise((resolve) => setImmediate(resolve));
		},
	};
}

describe('paced', () => {
	it('does a burst once now and once after the rest', async () => {
		const time = clock();
		let runs = 0;
		const work = paced(async () => void runs++, 500, time);
		work.ask();
		await time.pass(0);
		for (let i = 0; i < 20; i++) work.ask();
		await time.pass(100);
		expect(runs).toBe(1);
		await time.pass(400);
		expect(runs).toBe(2);
		await time.pass(5_000);
		expect(runs).toBe(2);
	});

	it('never does two at once, and rests longer after slow work, failures too', async () => {
		const time = clock();
		const ends: (() => void)[] = [];
		const work = paced(
			() => new Promise<void>((_, reject) => ends.push(() => reject(new Error('no')))),
			500,
			time,
		);
		work.ask();
		await time.pass(0);
		work.ask();
		await time.pass(2_000);
		expect(ends).toHaveLength(1);
		ends[0]!();
		await time.pass(0);
		await time.pass(3_000);
		expect(ends).toHaveLength(1);
		await time.pass(1_000);
		expect(ends).toHaveLength(2);
	});

	it('forgets what was asked for when it is stopped', async () => {
		const time = clock();
		let runs = 0;
		const work = paced(async () => void runs++, 500, time);
		work.ask();
		work.stop();
		await time.pass(1_000);
		expect(runs).toBe(0);
	});
});
