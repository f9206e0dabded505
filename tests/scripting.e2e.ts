/** Scripts: `globalThis.lemur` in the page and the module `/lemur.js` give the same numbers. */
import type { Lemur } from '../src/lib/scripting/lemur';
import { openExplore, PATIENCE } from './support/explore';
import { CIFAR10, LEMUR, PAPER } from './support/golden';
import { expect, test } from './support/watch';

test('globalThis.lemur answers as LEMUR’s package does', async ({ page }) => {
	await openExplore(page);

	await test.step('data', async () => {
		const rows = await page.evaluate(() =>
			lemur.data({ task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'MoEv7' }),
		);
		const best = rows.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
		expect(best).toMatchObject({
			task: 'img-classification',
			dataset: 'cifar-10',
			metric: 'acc',
			metric_code: null,
			nn: CIFAR10.best.nn,
			nn_code: null,
			epoch: CIFAR10.best.epoch,
			accuracy: CIFAR10.best.accuracy,
			transform_code: null,
		});
		expect(best.prm).toMatchObject({
			batch: CIFAR10.best.batch,
			lr: CIFAR10.best.lr,
			transform: CIFAR10.best.transform,
		});
		const few = await page.evaluate(() => lemur.data({ dataset: 'cifar-10', maxRows: 7 }));
		expect(few).toHaveLength(7);
		const all = await page.evaluate(
			async () => (await lemur.data({ dataset: 'cifar-10', metric: 'acc' })).length,
		);
		expect(all).toBe(CIFAR10.trials);
	});

	await test.step('sql and snapshots', async () => {
		const counted = await page.evaluate(() =>
			lemur.sql('SELECT count(*) AS n, count(DISTINCT nn) AS nets FROM stat WHERE metric = :m', {
				m: 'acc',
			}),
		);
		expect(counted.columns).toEqual(['n', 'nets']);
		const snapshots = await page.evaluate(() => lemur.snapshots());
		expect(snapshots.map(({ version, counts }) => [version, counts.trials, counts.nets])).toEqual([
			[LEMUR.version, LEMUR.trials, LEMUR.nets],
			[PAPER.version, PAPER.trials, PAPER.nets],
		]);
		const paper = await page.evaluate(() =>
			lemur.sql('SELECT count(*) FROM stat', [], { snapshot: '1.2.2' }),
		);
		expect(paper.rows).toEqual([[PAPER.trials]]);
	});

	await test.step('link and state are each other’s reverse, and the page understands the link', async () => {
		const read = await page.evaluate(() => {
			const link = lemur.link({ filter: { dataset: ['cifar-10'] }, view: 'summary' });
			location.hash = link;
			return lemur.state(link);
		});
		expect([read.view.filter, read.view.view, read.problems]).toEqual([
			{ dataset: ['cifar-10'] },
			'summary',
			[],
		]);
		await expect(page.getByRole('tab', { name: 'Summary' })).toHaveAttribute(
			'aria-selected',
			'true',
			PATIENCE,
		);
	});

	await test.step('export', async () => {
		const text = await page.evaluate(async () => {
			const blob = await lemur.export('json', { nn: 'MoEv7', metric: 'acc', epoch: 49 });
			return blob.text();
		});
		const rows = JSON.parse(text) as Record<string, unknown>[];
		expect(rows.length).toBeGreaterThan(0);
		expect(rows).toContainEqual(
			expect.objectContaining({ nn: 'MoEv7', epoch: 49, accuracy: CIFAR10.best.accuracy }),
		);
	});

	await test.step('mistakes are told in words', async () => {
		const said = await page.evaluate(async () => {
			const message = (thrown: unknown) => (thrown instanceof Error ? thrown.message : '');
			const wrong: object = { datset: 'x' };
			return [
				await lemur.data(wrong).catch(message),
				await lemur.sql('DELETE FROM stat').catch(message),
				await lemur.data({ snapshot: '0.0.0' }).catch(message),
			];
		});
		expect(said[0]).toContain('datset');
		expect(said[1]).toContain('not DELETE');
		expect(said[2]).toContain('0.0.0');
	});
});

test('the module /lemur.js gives the same numbers to a page of the same origin', async ({
	page,
	context,
}) => {
	await openExplore(page);
	const own = await page.evaluate(ask, MODULE);
	expect(own.same).toBe(true);
	expect(own.rows.length).toBeGreaterThan(0);
	expect(own.table.length).toBeGreaterThan(0);
	expect(own.csv.split('\n').length).toBeGreaterThan(2);

	// A page of one's own beside the site: nothing of LEMUR Web is on it.
	await context.route('**/notebook.html', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Notebook</title>' }),
	);
	const notebook = await context.newPage();
	await notebook.goto('/notebook.html');
	const other = await notebook.evaluate(ask, MODULE);
	expect(other.same).toBe(false);
	expect({ ...other, same: true }).toEqual(own);
});

const MODULE = '/lemur.js';

test('lemur.train trains here, and its records are data of every snapshot', async ({
	page,
	context,
}) => {
	test.setTimeout(120_000);
	await openExplore(page);
	const { kinds, trained } = await page.evaluate(trainFew, undefined);
	expect(trained).toMatchObject({ code: 'FINISHED', config: { dataset: 'digits', nn: 'ICNet' } });
	expect(kinds).toEqual(expect.arrayContaining(['run', 'state', 'steps', 'epoch']));
	const own = "SELECT accuracy, duration FROM stat WHERE dataset = 'digits'";
	const [epoch] = trained.epochs;
	for (const snapshot of ['', PAPER.version]) {
		const { rows } = await page.evaluate(
			([text, version]) => lemur.sql(text, [], version ? { snapshot: version } : {}),
			[own, snapshot] as const,
		);
		expect(rows).toEqual([[epoch?.accuracy, epoch?.duration]]);
	}

	await context.route('**/notebook.html', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Notebook</title>' }),
	);
	const notebook = await context.newPage();
	await notebook.goto('/notebook.html');
	const other = await notebook.evaluate(trainFew, MODULE);
	// The same seed gives the same run on the processor, wherever it was asked for.
	expect(other.trained).toMatchObject({ code: 'FINISHED', uid: trained.uid });
	expect(other.trained.epochs[0]?.accuracy).toBe(epoch?.accuracy);
	const wrong = { nn: 'Nope' };
	const said = page.evaluate((options) => lemur.train(options), wrong);
	await expect(said).rejects.toThrow(/The net Nope cannot be trained here/);
});

/** Runs in a page: a few steps of the smallest trial, by the page's interface or by the module. */
async function trainFew(address: string | undefined) {
	const interfaceOf = async () =>
		address === undefined ? lemur : ((await import(address)) as { lemur: Lemur }).lemur;
	const trial = await (
		await interfaceOf()
	).train({
		...{ dataset: 'digits', nn: 'ICNet', epochs: 1, trainLimit: 64, testLimit: 40 },
		...{ gate: false, backend: 'cpu', seed: 1 },
	});
	const kinds: string[] = [];
	for await (const { kind } of trial.events) kinds.push(kind);
	return { kinds, trained: await trial.done };
}

test('lemur.study searches a function of the page, and trains', async ({ page }) => {
	test.setTimeout(120_000);
	await openExplore(page);
	const found = await page.evaluate(async () => {
		const study = await lemur.study({
			...{ space: { x: { low: -1, high: 1 } }, trials: 12, name: 'Parabola' },
			objective: async ({ params }) => -(Number(params['x']) ** 2),
		});
		let trials = 0;
		for await (const { kind } of study.events) trials += Number(kind === 'end');
		return { trials, studied: await study.done };
	});
	expect(found).toMatchObject({ trials: 12, studied: { name: 'Parabola', end: 'done' } });
	expect(found.studied.best?.value).toBeGreaterThan(-0.5);
	const trained = await page.evaluate(async () => {
		const study = await lemur.study({
			...{ trials: 1, trainLimit: 64, testLimit: 40, gate: false, backend: 'cpu' },
			ranges: { maxBatchBinaryPower: 4, minBatchBinaryPower: 4 },
		});
		return study.done;
	});
	expect(trained).toMatchObject({ name: 'ICNet on digits', end: 'done' });
	expect(trained.trials.map(({ state }) => state)).toEqual(['COMPLETE']);
	// Its trial is a record of the data as any other of this device.
	const own = "SELECT COUNT(*) FROM stat WHERE dataset = 'digits'";
	const rows = async () => (await page.evaluate((text) => lemur.sql(text), own)).rows;
	await expect.poll(rows).toEqual([[1]]);
});

/** Runs in a page: questions to the module, and whether the page had the same interface already. */
async function ask(address: string) {
	const { lemur: module } = (await import(address)) as { lemur: Lemur };
	const rows = await module.data({ dataset: 'cifar-10', nn: 'ResNet', metric: 'acc' });
	const { rows: table } = await module.sql(
		'SELECT epoch, count(*), sum(accuracy), sum(duration) FROM stat WHERE nn = :nn GROUP BY epoch',
		{ nn: 'AlexNet' },
	);
	const csv = await (await module.export('csv', { dataset: 'mnist', nn: 'AlexNet' })).text();
	const link = module.link({ filter: { nn: ['AlexNet'] }, view: 'curves' });
	const state = module.state(link);
	return { same: Reflect.get(globalThis, 'lemur') === module, rows, table, csv, link, state };
}
