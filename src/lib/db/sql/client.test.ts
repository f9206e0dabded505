import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeWorker } from '../../worker/testing';
import { RpcError, serve } from '../../worker/rpc';
import { createSqlClient } from './client';
import { plainDialect } from './dialect';
import { sqlParamSchemas, type SqlRequests, type SqlResult } from './protocol';
import { serveSql } from './serve';
import { SqlError } from './sql-error';
import { loadSqlInNode, smallDatabase } from './testing';
import type { SqlClientOptions } from './client';

const RESULT: SqlResult = { columns: [], rows: 0, truncated: null, ms: 1 };

/** Workers that answer by rule: 'hang' never ends, 'die' kills, an error code throws it. */
function setup(settings: Partial<SqlClientOptions> = {}) {
	const workers: FakeWorker[] = [];
	const ran: string[] = [];
	const states: string[] = [];
	const spawnWorker = () => {
		const worker = new FakeWorker((scope) =>
			serve<SqlRequests>(scope, {
				open: { params: sqlParamSchemas.open, run: () => null },
				run: {
					params: sqlParamSchemas.run,
					run: ({ sql }) => {
						ran.push(sql);
						if (sql === 'die') worker.die();
						if (sql === 'hang' || sql === 'die') return new Promise<SqlResult>(() => undefined);
						if (sql.startsWith('SQL_')) throw new RpcError(sql, 'why', { start: 1, end: 2 });
						return RESULT;
					},
				},
			}),
		);
		workers.push(worker);
		return worker;
	};
	const bytes = vi.fn(async () => new Uint8Array([1]));
	const onState = (state: string) => states.push(state);
	const client = createSqlClient({ spawnWorker, bytes, onState, ...settings });
	opened.push(client);
	const alive = () => workers.filter(({ terminated }) => !terminated).length;
	return { client, workers, ran, states, bytes, alive };
}

const opened: { dispose(): void }[] = [];
afterEach(() => {
	for (const client of opened.splice(0)) client.dispose();
});

const started = (ran: readonly string[], sql: string) =>
	vi.waitFor(() => expect(ran).toContain(sql), { interval: 1 });

describe('createSqlClient', () => {
	it('makes no worker before the first statement, and a standby after it', async () => {
		const { client, workers, states, bytes } = setup();
		expect([client.state, workers.length]).toEqual(['idle', 0]);
		expect(await client.run('SELECT 1')).toEqual(RESULT);
		await vi.waitFor(() => expect(workers).toHaveLength(2));
		await client.run('SELECT 2');
		expect(workers).toHaveLength(2);
		expect(bytes).toHaveBeenCalledTimes(2);
		expect(states).toEqual(['opening', 'ready', 'running', 'ready', 'running', 'ready']);
	});

	it('cancels by ending the worker; the standby takes over', async () => {
		const { client, workers, ran, alive } = setup();
		await client.run('SELECT 1');
		await vi.waitFor(() => expect(workers).toHaveLength(2));
		const hanging = client.run('hang');
		await started(ran, 'hang');
		expect(client.state).toBe('running');
		client.cancel();
		await expect(hanging).rejects.toMatchObject({ code: 'SQL_STOPPED', sql: 'hang' });
		expect(workers[0]?.terminated).toBe(true);
		expect((await client.ready()).ms).toBeGreaterThanOrEqual(0);
		expect(await client.run('SELECT 2')).toEqual(RESULT);
		await vi.waitFor(() => expect(workers).toHaveLength(3)); // a new standby
		expect(alive()).toBe(2);
	});

	it('stops at its limit and says so', async () => {
		const { client } = setup({ timeout: 20 });
		const error = await client.run('hang').catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(SqlError);
		expect(error).toMatchObject({
			code: 'SQL_LIMIT',
			message: 'The statement was stopped at its limit of 0 s; the data is unchanged.',
		});
		expect(await client.run('SELECT 1')).toEqual(RESULT);
	});

	it('takes the limit of the statement before that of the client', async () => {
		const { client } = setup({ timeout: 60_000 });
		const limited = client.run('hang', [], { timeout: 100 });
		await expect(limited).rejects.toThrow('limit of 0.1 s');
	});

	it('runs one statement after another, and only the running one is stopped', async () => {
		const { client, ran } = setup();
		const first = client.run('hang');
		const second = client.run('SELECT 2');
		await started(ran, 'hang');
		expect(ran).not.toContain('SELECT 2');
		client.cancel();
		await expect(first).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		await expect(second).resolves.toEqual(RESULT);
	});

	it('heeds a signal before and while it runs', async () => {
		const { client, ran } = setup();
		const before = client.run('never', [], { signal: AbortSignal.abort() });
		await expect(before).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		const controller = new AbortController();
		const running = client.run('hang', [], { signal: controller.signal });
		await started(ran, 'hang');
		controller.abort();
		await expect(running).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		expect(ran).toEqual(['hang']);
	});

	it('passes SQL errors on with their text and place, and keeps the worker', async () => {
		const { client, workers } = setup();
		await expect(client.run('SQL_ERROR')).rejects.toMatchObject({
			code: 'SQL_ERROR',
			message: 'why',
			sql: 'SQL_ERROR',
			position: { start: 1, end: 2 },
		});
		await expect(client.run('SQL_REFUSED')).rejects.toMatchObject({ code: 'SQL_REFUSED' });
		expect(workers[0]?.terminated).toBe(false);
	});

	it.each(['SQL_MEMORY', 'die'])('replaces the worker after %s', async (sql) => {
		const { client, workers } = setup();
		await expect(client.run(sql)).rejects.toMatchObject({ code: 'SQL_MEMORY' });
		expect(workers[0]?.terminated).toBe(true);
		expect(await client.run('SELECT 1')).toEqual(RESULT);
	});

	it('does not use a standby that died while it waited', async () => {
		const { client, workers, ran } = setup();
		await client.run('SELECT 1');
		await vi.waitFor(() => expect(workers).toHaveLength(2));
		workers[1]?.die();
		const hanging = client.run('hang');
		await started(ran, 'hang');
		client.cancel();
		await expect(hanging).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		expect(await client.run('SELECT 2')).toEqual(RESULT);
	});

	it('tells why the database does not open, and tries again', async () => {
		let fails = true;
		const bytes = async () => {
			if (fails) throw new RpcError('DB_OFFLINE', 'offline');
			return new Uint8Array([1]);
		};
		const { client } = setup({ bytes });
		await expect(client.run('SELECT 1')).rejects.toMatchObject({ code: 'DB_OFFLINE' });
		expect(client.state).toBe('idle');
		fails = false;
		expect(await client.run('SELECT 1')).toEqual(RESULT);
	});

	it('rejects what runs and what waits when it is disposed, and ends all workers', async () => {
		const { client, ran, alive } = setup();
		const running = client.run('hang');
		const waiting = client.run('SELECT 1');
		await started(ran, 'hang');
		client.dispose();
		await expect(running).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		await expect(waiting).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		await expect(client.ready()).rejects.toMatchObject({ code: 'SQL_STOPPED' });
		expect([client.state, alive()]).toEqual(['closed', 0]);
	});

	it('runs real SQL through a served worker', async () => {
		const SQL = await loadSqlInNode();
		const file = smallDatabase(SQL);
		const spawnWorker = () =>
			new FakeWorker((scope) => serveSql(scope, async () => SQL, plainDialect));
		const client = createSqlClient({ spawnWorker, bytes: async () => file.slice() });
		opened.push(client);
		const { columns } = await client.run('SELECT count(*) AS n FROM trial WHERE run > :run', {
			run: 50,
		});
		expect(columns).toEqual([{ name: 'n', kind: 'number', values: Float64Array.of(491) }]);
		await expect(client.run('DROP TABLE trial')).rejects.toMatchObject({
			code: 'SQL_REFUSED',
			position: { start: 0, end: 4 },
		});
		await expect(client.run('SELECT 1', [], { limit: 0 })).rejects.toMatchObject({
			code: 'SQL_ERROR',
		});
	});
});
