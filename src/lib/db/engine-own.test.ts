import initSqlJs from 'sql.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf } from '../stats/training-reference';
import { serve } from '../worker/rpc';
import { FakeWorker } from '../worker/testing';
import { createDataClient, type DataClient } from './client';
import { createEngine } from './engine';
import type { OwnRun } from './own';
import type { Requests } from './protocol';
import { networkOf, siteFiles, TEST_SITE, testDatabase } from './testing';

const run: OwnRun = {
	...{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'AlexNet', uid: 'own' },
	prm: '{"batch": 8, "lr": 0.5, "transform": "norm"}',
	epochs: [{ epoch: 1, accuracy: 0.75, duration: 10 }],
};

describe('own runs in the data worker', () => {
	let client: DataClient;
	const workers: FakeWorker[] = [];
	beforeAll(async () => {
		const network = networkOf(siteFiles(await testDatabase()));
		const spawn = () => {
			const engine = createEngine({ sqlite: () => initSqlJs(), network, stores: () => [] });
			const worker = new FakeWorker((scope) => serve<Requests>(scope, engine.handlers, engine));
			workers.push(worker);
			return worker;
		};
		client = createDataClient({ spawn, baseUrl: TEST_SITE, version: '' });
	});
	afterAll(() => client.close());

	const sources = async () => {
		const { fields } = await client.facets({}, ['source']);
		return [...(fields.get('source')?.counts ?? [])];
	};

	it('are rows at once, and gone when they are taken away', async () => {
		await client.ready();
		expect(await sources()).toEqual([6, 0]);
		const catalogue = await client.setOwn([run]);
		expect(catalogue).toMatchObject({ trials: 7, transforms: ['norm', 'norm_32'] });
		expect(await sources()).toEqual([6, 1]);
		const { task, dataset, metric, nn, uid } = run;
		const trial = await client.find({ task, dataset, metric, nn, uid, epoch: 1, repeat: 0 });
		expect(await client.run(trial)).toMatchObject({
			source: 'mine',
			accuracy: 0.75,
			transform: 'norm',
		});
		expect((await client.setOwn([])).trials).toBe(6);
		expect(await sources()).toEqual([6, 0]);
	});

	it('are there again after the worker died, and in the copy for SQL', async () => {
		await client.setOwn([run]);
		workers.at(-1)!.die();
		expect(await sources()).toEqual([6, 1]);
		const { Database } = await initSqlJs();
		const db = new Database(await client.bytes());
		expect(db.exec('SELECT count(*) FROM trial')[0]?.values).toEqual([[7]]);
		db.close();
	});

	it('do not count among what a training is compared with', async () => {
		await client.setOwn([run]);
		const { task, dataset, metric, nn } = run;
		const reference = await client.reference({ task, dataset, metric, nn });
		expect([...reference.values]).toEqual([0.5, 0.6]);
		expect(reference.preset?.prm).toEqual({ batch: 4, lr: 0.1, momentum: 0.5 });
		expect(placeOf(reference, 1, 0.75)).toMatchObject({ n: 1, percentile: 1 });
	});
});
