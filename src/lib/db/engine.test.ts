import initSqlJs from 'sql.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../worker/rpc';
import { FakeWorker } from '../worker/testing';
import { createDataClient, RpcError, type DataClient } from './client';
import { createEngine } from './engine';
import type { ProgressEvent, Requests } from './protocol';
import { networkOf, siteFiles, TEST_SITE, testDatabase } from './testing';

function clientOf(files: ReadonlyMap<string, Uint8Array>, progress: ProgressEvent[] = []) {
	return createDataClient({
		spawn: () =>
			new FakeWorker((scope) => {
				const { handlers, keeps } = createEngine({
					sqlite: () => initSqlJs(),
					network: networkOf(files),
					stores: () => [],
				});
				serve<Requests>(scope, handlers, { keeps });
			}),
		baseUrl: TEST_SITE,
		version: '',
		onProgress: (event) => progress.push(event),
	});
}

const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'no error',
		(error: unknown) => (error instanceof RpcError ? error.code : error),
	);

const everything = { filter: {}, sort: [] };

describe('the engine behind its client', () => {
	let database: Uint8Array;
	let client: DataClient;
	const progress: ProgressEvent[] = [];
	beforeAll(async () => {
		database = await testDatabase();
		client = clientOf(siteFiles(database), progress);
	});
	afterAll(() => client.close());

	test('opens: catalogue, progress, and the truth about storage', async () => {
		const catalogue = await client.ready();
		expect(catalogue).toMatchObject({
			version: '1.0',
			trials: 6,
			runs: 3, // one of the four rows repeats another
			configurations: 3,
			nns: ['AlexNet', 'ResNet'],
			openedFrom: 'network',
			stored: false,
			notStored: 'STORE_BLOCKED',
		});
		const downloaded = progress.filter(({ what }) => what === 'download').at(-1);
		expect(downloaded?.done).toBe(downloaded?.total);
	});

	test('facets', async () => {
		const { total, fields } = await client.facets({ nn: ['ResNet'] }, ['dataset']);
		expect(total).toBe(4);
		const { values, counts } = fields.get('dataset') ?? {};
		expect([values, [...(counts ?? [])]]).toEqual([
			['cifar-10', 'mnist'],
			[2, 2],
		]);
	});

	test('a window of a sorted query, and where a row stands in it, again and again', async () => {
		const sort = [{ column: 'accuracy', descending: true }] as const;
		const query = { filter: { epoch: { max: 1 } }, sort };
		for (let time = 0; time < 3; time++) {
			const { total, trials, columns } = await client.window(query, 0, 10, ['accuracy', 'nn']);
			expect(total).toBe(4);
			expect([...trials]).toEqual([4, 2, 3, 0]);
			expect(columns.get('nn')).toEqual({
				kind: 'text',
				values: ['ResNet', 'ResNet', 'ResNet', 'AlexNet'],
			});
			expect(await client.locate(query, 3)).toBe(2);
		}
	});

	test('a histogram', async () => {
		const { counts } = await client.histogram({}, 'accuracy', 2);
		expect([...counts]).toEqual([4, 2]);
	});

	test('a summary, curves, a scatter and a run', async () => {
		const { keys, best } = await client.summary({}, ['nn']);
		expect([keys[0], [...best]]).toEqual([
			['AlexNet', 'ResNet'],
			[1, 5],
		]);
		const { series, curves } = await client.curves({ dataset: ['mnist'] }, 'nn', 5);
		expect([series, curves[0]?.best]).toEqual([1, 0.9917]);
		const axes = { x: 'prm.lr', y: 'accuracy', xLog: false, yLog: false } as const;
		const { inside } = await client.scatter({}, { ...axes, width: 4, height: 4, maxPoints: 9 });
		expect(inside).toBe(6);
		for (let time = 0; time < 2; time++) {
			const run = await client.run(5);
			expect([run.nn, run.uid, [...run.accuracies]]).toEqual(['ResNet', 'u4', [0.99, 0.9917]]);
		}
		expect(await codeOf(client.run(6))).toBe('NO_TRIAL');
	});

	test("LEMUR's data()", async () => {
		const rows = await client.data({ dataset: 'mnist' });
		expect([...rows.accuracy]).toEqual([0.99, 0.9917]);
	});

	test('exports exactly the rows and columns of a query, in its order', async () => {
		const query = {
			filter: { dataset: ['mnist'] },
			sort: [{ column: 'accuracy', descending: true } as const],
		};
		const told: number[] = [];
		const write = { separator: ';' } as const;
		const onProgress = ({ done }: { done: number }) => void told.push(done);
		const result = await client.export(query, ['nn', 'accuracy'], 'csv', { write, onProgress });
		expect(new TextDecoder().decode(result.bytes).trim().split(/\r?\n/)).toEqual([
			'nn;accuracy',
			'ResNet;0.9917',
			'ResNet;0.99',
		]);
		expect([result.rows, told.at(-1)]).toEqual([2, 2]);
		const file = await client.export(query, ['nn'], 'sqlite');
		expect(new TextDecoder().decode(file.bytes.subarray(0, 15))).toBe('SQLite format 3');
	});

	test('finds a trial by its identity, repeats apart', async () => {
		const identity = {
			task: 'img-classification',
			dataset: 'cifar-10',
			metric: 'acc',
			nn: 'ResNet',
			epoch: 1,
			uid: 'u2',
		};
		expect(await client.find({ ...identity, repeat: 0 })).toBe(2);
		expect(await client.find({ ...identity, repeat: 1 })).toBe(3);
		expect(await client.find({ ...identity, repeat: 2 })).toBe(-1);
		expect(await client.find({ ...identity, repeat: 0, nn: 'VGG' })).toBe(-1);
		expect(await client.find({ ...identity, repeat: 0, epoch: 9 })).toBe(-1);
	});

	test('the bytes are a copy, as often as they are asked for', async () => {
		for (let time = 0; time < 2; time++) {
			expect(Buffer.from(await client.bytes()).equals(database)).toBe(true);
		}
	});

	test('a filter that is none has a code', async () => {
		expect(await codeOf(client.facets({ nnRegex: '(' }, []))).toBe('BAD_REQUEST');
	});
});

describe('an engine that cannot open', () => {
	test('says why, and every request says the same', async () => {
		const files = siteFiles(await testDatabase());
		const [first = ''] = files.keys();
		files.delete(first);
		const client = clientOf(files);
		expect(await codeOf(client.ready())).toBe('DB_MISSING');
		expect(await codeOf(client.locate(everything, 0))).toBe('DB_MISSING');
		client.close();
	});

	test('a database that is none of ours is DB_BROKEN', async () => {
		const client = clientOf(siteFiles(new Uint8Array(5_000).fill(3)));
		expect(await codeOf(client.ready())).toBe('DB_BROKEN');
		client.close();
	});

	test('before open, requests are answered with DB_CLOSED', async () => {
		const { handlers } = createEngine({ sqlite: () => initSqlJs(), stores: () => [] });
		const context = { signal: new AbortController().signal, progress: () => undefined };
		const work = Promise.resolve().then(() => handlers.bytes.run({}, context));
		expect(await codeOf(work)).toBe('DB_CLOSED');
	});
});
