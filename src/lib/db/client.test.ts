import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import type { Catalogue } from '../stats/catalogue';
import { serve, type Handlers } from '../worker/rpc';
import { FakeWorker } from '../worker/testing';
import { createDataClient, isAbort, RpcError, type DataClient } from './client';
import type { ProgressEvent, Requests } from './protocol';
import { paramSchemas } from './requests';

const catalogue: Catalogue = {
	version: '9.9',
	hash: 'h',
	trials: 3,
	runs: 1,
	configurations: 1,
	tasks: [],
	nns: [],
	families: [],
	transforms: [],
	fields: [],
	columns: [],
	openedFrom: 'cache',
	stored: true,
};

/** What the fake worker was asked, and how it answers. */
interface Plan {
	asked: string[];
	open(): Promise<Catalogue> | Catalogue;
	locate(): Promise<number> | number;
}

type Served = Pick<Requests, 'open' | 'locate' | 'facets'>;

function fakeWorker(plan: Plan): FakeWorker {
	const handlers: Handlers<Served> = {
		open: {
			params: paramSchemas.open,
			run: ({ version }, { progress }) => {
				plan.asked.push(`open ${version}`);
				const event: ProgressEvent = {
					kind: 'progress',
					what: 'download',
					done: 1,
					total: 2,
					unit: 'bytes',
				};
				progress(event);
				return plan.open();
			},
		},
		locate: {
			params: paramSchemas.locate,
			run: ({ trial }) => {
				plan.asked.push(`locate ${trial}`);
				return plan.locate();
			},
		},
		facets: {
			params: paramSchemas.facets,
			run: ({ filter }) => {
				plan.asked.push(`facets ${JSON.stringify(filter)}`);
				return { total: 1, runs: 1, nets: 1, configurations: 1, fields: new Map() };
			},
		},
	};
	return new FakeWorker((scope) => serve<Served>(scope, handlers));
}

let client: DataClient | undefined;
afterEach(() => client?.close());

function setUp(changes: Partial<Plan> = {}) {
	const plan: Plan = { asked: [], open: () => catalogue, locate: () => 5, ...changes };
	const workers: FakeWorker[] = [];
	const states: string[] = [];
	const progress: ProgressEvent[] = [];
	const made = createDataClient({
		spawn: () => {
			const worker = fakeWorker(plan);
			workers.push(worker);
			return worker;
		},
		baseUrl: 'https://lemur.example/',
		version: '9.9',
		onProgress: (event) => progress.push(event),
		onState: (state, error) => states.push(error ? `${state} ${error.code}` : state),
	});
	client = made;
	return { plan, workers, states, progress, client: made };
}

const query = { filter: {}, sort: [] };
const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'no error',
		(error: unknown) => (error instanceof RpcError ? error.code : isAbort(error) && 'aborted'),
	);
const never = () => new Promise<never>(() => undefined);

describe('createDataClient()', () => {
	test('opens at once, tells progress, is ready', async () => {
		const { client, states, progress } = setUp();
		expect(client.state).toBe('opening');
		expect(await client.ready()).toEqual(catalogue);
		expect(states).toEqual(['ready']);
		expect(progress.map(({ done }) => done)).toEqual([1]);
	});

	test('a request waits for the opening', async () => {
		const { client, plan } = setUp();
		expect(await client.locate(query, 2)).toBe(5);
		expect(plan.asked).toEqual(['open 9.9', 'locate 2']);
	});

	test('reactive proxies and undefined keys in a filter do not reach the worker', async () => {
		const { client, plan } = setUp();
		const filter = new Proxy({ nn: new Proxy(['ResNet'], {}) }, {});
		await client.facets(filter, ['nn']);
		expect(plan.asked.at(-1)).toBe('facets {"nn":["ResNet"]}');
	});

	test('a filter that is none is refused by name of the key', async () => {
		const { client } = setUp();
		const work = client.facets({ epoch: { min: 'x' } } as never, []);
		expect(await codeOf(work)).toBe('BAD_REQUEST');
	});

	test('a snapshot that does not open: failed with the reason, and so is every request', async () => {
		let broken = true;
		const { client, states } = setUp({
			open: () => {
				if (broken) throw new RpcError('DB_HASH', 'Part 2 of 3 is damaged.');
				return catalogue;
			},
		});
		expect(await codeOf(client.locate(query, 0))).toBe('DB_HASH');
		expect(client.error?.code).toBe('DB_HASH');
		broken = false;
		expect(await client.retry()).toEqual(catalogue);
		expect(states).toEqual(['failed DB_HASH', 'opening', 'ready']);
		expect(await client.locate(query, 0)).toBe(5);
	});

	test('a browser that refuses the worker: failed, and nothing is thrown', async () => {
		const states: string[] = [];
		const refused = createDataClient({
			spawn: () => {
				throw new RpcError('SCRIPT_REFUSED', 'No.');
			},
			baseUrl: 'https://lemur.example/',
			version: '',
			onState: (state) => states.push(state),
		});
		expect(await codeOf(refused.ready())).toBe('SCRIPT_REFUSED');
		expect(states).toEqual(['failed']);
	});

	test('a crash rejects what is pending, and a new worker opens', async () => {
		const { client, workers, states, plan } = setUp({ locate: never });
		await client.ready();
		const pending = codeOf(client.locate(query, 1));
		await client.facets({}, []);
		workers[0]?.die();
		expect(await pending).toBe('WORKER_DIED');
		expect(client.state).toBe('opening');
		await client.ready();
		plan.locate = () => 7;
		expect(await client.locate(query, 1)).toBe(7);
		expect(states).toEqual(['ready', 'opening', 'ready']);
		expect(workers.length).toBe(2);
	});

	test('a worker that dies again and again is given up', async () => {
		const { client, workers, states } = setUp({ open: never });
		for (let i = 0; i < 4; i++) workers[i]?.die();
		expect(await codeOf(client.ready())).toBe('WORKER_DIED');
		expect(client.state).toBe('failed');
		expect(workers.length).toBe(4);
		expect(states.at(-1)).toBe('failed WORKER_DIED');
	});

	test('restart ends the old worker and opens a new one', async () => {
		const { client, workers } = setUp({ locate: never });
		await client.ready();
		const pending = codeOf(client.locate(query, 1));
		await client.facets({}, []);
		await client.restart();
		expect(await pending).toBe('WORKER_RESTARTED');
		expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
	});

	test('close ends everything', async () => {
		const { client, workers } = setUp();
		await client.ready();
		client.close();
		expect(workers[0]?.terminated).toBe(true);
		expect(client.state).toBe('closed');
		expect(await codeOf(client.locate(query, 0))).not.toBe('no error');
		expect(await codeOf(client.restart())).toBe('WORKER_CLOSED');
	});

	test('newest wins in a lane', async () => {
		const { client, plan } = setUp();
		await client.ready();
		const work = [1, 2, 3].map((trial) => codeOf(client.locate(query, trial, { lane: 'row' })));
		expect(await Promise.all(work)).toEqual(['aborted', 'aborted', 'no error']);
		expect(plan.asked).toEqual(['open 9.9', 'locate 3']);
	});

	test('a lane survives a crash', async () => {
		const { client, workers, plan } = setUp({ locate: never });
		await client.ready();
		const first = codeOf(client.locate(query, 1, { lane: 'row' }));
		await client.facets({}, []);
		workers[0]?.die();
		plan.locate = () => 9;
		expect(await first).toBe('WORKER_DIED');
		expect(await client.locate(query, 2, { lane: 'row' })).toBe(9);
	});
});

test('every request of the protocol has a schema that refuses nonsense', () => {
	for (const schema of Object.values(paramSchemas)) {
		expect(v.safeParse(schema, { nonsense: 1 }).success).toBe(false);
	}
});
