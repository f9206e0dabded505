import { describe, expect, it } from 'vitest';
import { EventLog } from './event-log';

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
	const heard: T[] = [];
	for await (const event of events) heard.push(event);
	return heard;
}

describe('EventLog', () => {
	it('gives every loop all events, those that wait and those that come late', async () => {
		const log = new EventLog<number>();
		log.push(1);
		const early = all(log);
		await Promise.resolve();
		log.push(2);
		log.push(3);
		log.end();
		expect([await early, await all(log)]).toEqual([
			[1, 2, 3],
			[1, 2, 3],
		]);
	});

	it('throws what it ended with, after the last event', async () => {
		const log = new EventLog<number>();
		const heard: number[] = [];
		const loop = (async () => {
			for await (const event of log) heard.push(event);
		})();
		log.push(1);
		log.end(new Error('over'));
		await expect(loop).rejects.toThrow('over');
		expect(heard).toEqual([1]);
	});

	it('can be left in the middle', async () => {
		const log = new EventLog<number>();
		log.push(1);
		for await (const event of log) {
			expect(event).toBe(1);
			break;
		}
	});
});
