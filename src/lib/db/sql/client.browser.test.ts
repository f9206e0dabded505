import { describe, expect, it } from 'vitest';
import { createSqlClient } from './client';
import { loadSqlForPeople } from './load';
import { startSqlWorker } from './start';
import { sqlSizeDatabase } from './testing-browser';

const ENDLESS =
	'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

// The development server makes workers slowly at first: the promise of a second is measured on the build.
describe('user SQL in a real worker', () => {
	it('stops an endless statement and is ready again soon', async () => {
		const file = sqlSizeDatabase(await loadSqlForPeople(), 400_000);
		expect(file.length).toBeGreaterThan(10_000_000);
		const client = createSqlClient({
			spawnWorker: startSqlWorker,
			bytes: async () => file.slice(),
			timeout: 1500,
		});
		const count = 'SELECT count(*) AS n FROM trial';
		expect((await client.run(count)).columns[0]?.values[0]).toBe(400_000);

		const limited = client.run(ENDLESS);
		await expect(limited).rejects.toMatchObject({ code: 'SQL_LIMIT' });
		expect((await client.ready()).ms).toBeLessThan(3000);

		const running = client.run(ENDLESS, [], { timeout: 60_000 });
		setTimeout(() => client.cancel(), 300);
		await expect(running).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		const from = performance.now();
		expect((await client.run(count)).columns[0]?.values[0]).toBe(400_000);
		expect(performance.now() - from).toBeLessThan(3000);
		client.dispose();
	});

	it('answers a hungry statement and goes on', async () => {
		const file = sqlSizeDatabase(await loadSqlForPeople(), 10);
		const client = createSqlClient({
			spawnWorker: startSqlWorker,
			bytes: async () => file.slice(),
		});
		const hungry = client.run('SELECT hex(zeroblob(400000000))');
		await expect(hungry).rejects.toMatchObject({ code: 'SQL_MEMORY' });
		expect((await client.run('SELECT 1')).rows).toBe(1);
		client.dispose();
	});
});
