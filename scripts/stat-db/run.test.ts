import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import initSqlJs, { type Database } from 'sql.js';
import { afterAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { manifestSchema, summarySchema } from '../../src/lib/db/manifest';
import { codeId } from '../../src/lib/db/records/identity';
import { collect } from './collect';
import { buildWheel, run } from './run';
import { ODD_WHEEL, OLD_WHEEL, OTHER_UID, SORTED_UID, trialJson, UUID, wheel } from './testing';
import { RoundTripError, verifyDatabase } from './verify';
import { openZip } from './zip';

const root = mkdtempSync(join(tmpdir(), 'stat-db-'));
afterAll(() => rmSync(root, { recursive: true }));
const quiet = () => undefined;
const sqlite = await initSqlJs();

function wheelFile(bytes: Uint8Array, version: string): string {
	const path = join(root, `nn_dataset-${version}-py3-none-any.whl`);
	writeFileSync(path, bytes);
	return path;
}

const odd = wheelFile(ODD_WHEEL, '9.1.0');
const old = wheelFile(OLD_WHEEL, '1.0.0');

/** File name → content, of a whole folder. */
function contents(folder: string): Record<string, string> {
	return Object.fromEntries(
		readdirSync(folder)
			.sort()
			.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
	);
}

const built = await buildWheel(sqlite, odd, quiet);
const select = (sql: string, db: Database = new sqlite.Database(built.database)) =>
	db.exec(sql)[0]?.values ?? [];

describe('buildWheel()', () => {
	it('counts what it keeps and reports what it does not', () => {
		expect(built.summary.counts).toEqual({
			trials: 10,
			runs: 8,
			configurations: 2,
			nets: 2,
			deviceRuns: 2,
		});
		const counts = Object.fromEntries(
			built.report.toJSON().map(({ finding, count }) => [finding.split(':')[0], count]),
		);
		expect(counts).toEqual({
			'file that is not UTF-8': 1,
			'file that is not JSON': 1,
			'file whose document is not a list': 1,
			'trial or device file that is not an object': 1,
			'folder whose name has not four parts': 1,
			'file whose name is not an epoch': 1,
			'file in no known place of the stat folder': 1,
			'trial without a uid text': 1,
			'trial without an accuracy': 1,
			'trial whose accuracy is not a finite number': 1,
			'trial with a hyperparameter that is NaN or infinite, or an epoch that is no number': 2,
			'accuracy written as a whole number': 1,
			'duration written as null': 1,
			'trial with a JSON key twice': 1,
			'trial that repeats a (configuration, epoch, uid)': 1,
			'file not sorted by descending accuracy': 1,
			'trial without a transform': 1,
			'net, metric or transform without a source file': 2,
			'file with an empty list': 1,
			'folder without any trial': 2,
		});
	});

	it('says the place of each finding', () => {
		const report = JSON.stringify(built.report);
		expect(report).toContain('acc_AlexNet/1.json [4] lr');
		expect(report).toContain('acc_Bad/4.json: expected a key in double quotes at line 1 column 3');
	});

	it('gives every trial by the view stat', () => {
		const rows = select(
			'SELECT nn, epoch, accuracy, duration, transform FROM stat ORDER BY 1, 2, 3, 4',
		);
		expect(rows).toEqual([
			['AlexNet', 1, 0.1234, 1000000001, 'norm_32'],
			['AlexNet', 1, 0.2, 2000, 'norm_32'],
			['AlexNet', 1, 0.25, null, 'norm_32'],
			['AlexNet', 2, 0.1234567890123456, 1000000001, 'norm_32'],
			['AlexNet', 2, 0.3, 1000000001, 'norm_32'],
			['AlexNet', 10, 1, 1000000001, 'norm_32'],
			['AlexNet', 10, 1, 1000000001, 'norm_32'],
			['LSTM', 0, 0, null, 'norm_32'],
			['LSTM', 0, 0, 1.5, null],
			['LSTM', 0, 1e-5, 2 ** 53, 'norm_32'],
		]);
		expect(select('SELECT CAST(max(duration) AS TEXT) FROM trial')).toEqual([['9007199254740993']]);
	});

	it('stores a numerator only where it is exact', () => {
		const sql = `SELECT accuracy FROM trial WHERE typeof(accuracy) = '`;
		expect(select(`${sql}integer' ORDER BY 1`).flat()).toEqual([
			1234, 2000, 2500, 3000, 10000, 10000,
		]);
		expect(select(`${sql}real' ORDER BY 1`).flat()).toEqual([0, 0, 1e-5, 0.1234567890123456]);
	});

	it('computes, packs or keeps the uid', () => {
		const uids = select('SELECT uid, typeof(uid), length(uid), repeat FROM trial_run');
		expect(uids.filter(([, kind]) => kind === 'integer')).toEqual([
			[0, 'integer', 1, null],
			[0, 'integer', 1, 1],
		]);
		expect(
			uids
				.filter(([, kind]) => kind === 'blob')
				.map(([, , length]) => length)
				.sort(),
		).toEqual([16, 17]);
		const texts = select('SELECT DISTINCT prm FROM stat').flat();
		expect(texts).toEqual(expect.arrayContaining([OTHER_UID, UUID, 'free text', 'x']));
		expect(texts).not.toContain(SORTED_UID);
	});

	it("has hyperparameters with LEMUR's numeric affinity in the view prm", () => {
		const of = (uid: string) =>
			select(`SELECT name, value, typeof(value) FROM prm WHERE uid = '${uid}' ORDER BY name`);
		expect(of(UUID)).toEqual([
			['batch', 4, 'integer'],
			['dropout', 0, 'integer'],
			['epoch', 5, 'integer'],
			['flag', 1, 'integer'],
			['lr', 0.04044532591645781, 'real'],
			['momentum', 0.599052840298076, 'real'],
			['transform', 'norm_32', 'text'],
		]);
		expect(of('x')).toContainEqual(['note', 'a "b" ü', 'text']);
		expect(of('free text')).toContainEqual(['lr', 1, 'integer']);
	});

	it('knows sources by their identity and device runs by their text', () => {
		expect(select('SELECT * FROM nn')).toEqual([
			['AlexNet', null, codeId('class Net:\n\tpass\n')],
			['LSTM', null, null],
		]);
		expect(select('SELECT model_name, valid, emulator, device_analytics_json FROM run')).toEqual(
			['AlexNet', 'Other'].map((model) => [
				model,
				1,
				0,
				'{"timestamp": 1760203006.8757076, "cpu_info": {"cores": 8, "cache": "512 KB"}}',
			]),
		);
		expect(select(`SELECT count(*) FROM device_info WHERE text LIKE '%cores%'`)).toEqual([[1]]);
	});

	it('keeps one run row per hyperparameter set of a uid', async () => {
		const path = wheelFile(
			wheel({
				'stat/a_b_c_D/1.json': `[${trialJson({ uid: '"u"' })}]`,
				'stat/a_b_c_D/2.json': `[${trialJson({ uid: '"u"', lr: '0.5' })}, ${trialJson({ uid: '"u"' })}]`,
			}),
			'0.1.0',
		);
		const { database, report } = await buildWheel(sqlite, path, quiet);
		const rows = select('SELECT lr, repeat FROM trial_run', new sqlite.Database(database));
		expect(rows).toEqual([
			[0.04044532591645781, null],
			[0.5, 1],
		]);
		expect(report.count('other hyperparameters')).toBe(1);
	});
});

describe('verifyDatabase()', () => {
	it.each([
		['an accuracy', "UPDATE trial SET accuracy = accuracy + 1 WHERE typeof(accuracy) = 'integer'"],
		['a kind', 'UPDATE extra SET prm = replace(prm, \'"n": 3\', \'"n": 3.0\')'],
		['a lost trial', 'DELETE FROM trial WHERE epoch = 2'],
		['a uid', "UPDATE trial_run SET uid = 'y' WHERE uid = 'x'"],
		['a duration', 'UPDATE trial SET duration = duration + 1'],
		['a planned epoch', 'UPDATE epoch_prm SET value = value + 1'],
	])('notices %s', (_, change) => {
		const configs = configsOf(odd);
		verifyDatabase(sqlite, built.database, configs);
		const db = new sqlite.Database(built.database);
		db.run(change);
		const changed = db.export();
		expect(() => verifyDatabase(sqlite, changed, configs)).toThrow(RoundTripError);
	});
});

function configsOf(path: string) {
	const zip = openZip(path);
	try {
		return collect(zip, path).configs;
	} finally {
		zip.close();
	}
}

describe('run()', () => {
	it('writes the same bytes again, also over an older build', async () => {
		const [first, second] = [join(root, 'first'), join(root, 'second')];
		await run([odd, old], first, '9.1.0', quiet);
		await run([old], second, undefined, quiet);
		writeFileSync(join(second, '9.1.0-0000000000000000.bin'), 'of an older build');
		writeFileSync(join(second, '9.1.0-summary-0000000000000000.bin'), 'likewise');
		await run([odd], second, '9.1.0', quiet);
		await run([odd], second, undefined, quiet);
		expect(contents(second)).toEqual(contents(first));
	});

	it('writes a manifest, chunks and a summary that say the same', () => {
		const folder = join(root, 'first');
		const read = (name: string) => readFileSync(join(folder, name));
		const manifest = v.parse(manifestSchema, JSON.parse(read('manifest.json').toString()));
		expect(manifest.default).toBe('9.1.0');
		expect(manifest.snapshots.map(({ version }) => version)).toEqual(['9.1.0', '1.0.0']);
		for (const { version, chunks, summary, counts, database, date } of manifest.snapshots) {
			const packed = Buffer.concat(chunks.map(({ name }) => read(name)));
			expect(gunzipSync(packed).length).toBe(database.bytes);
			expect([...packed.subarray(4, 10)]).toEqual([0, 0, 0, 0, 2, 255]);
			const inside = v.parse(summarySchema, JSON.parse(gunzipSync(read(summary.name)).toString()));
			expect([inside.version, inside.counts, date]).toEqual([version, counts, '2025-11-15']);
		}
		const croissant = read('croissant.json').toString();
		for (const name of readdirSync(folder).filter((file) => file.endsWith('.bin')))
			expect(croissant).toContain(`"contentUrl": "${name}"`);
		expect(read('README.md').toString()).toContain('license: mit');
	});

	it('ranks nets by their best row', () => {
		const [board] = built.summary.boards;
		expect(board).toMatchObject({ dataset: 'cifar-10', trials: 7, nets: 1, median: 0.25 });
		expect(board?.top[0]).toMatchObject({
			nn: 'AlexNet',
			accuracy: 1,
			ties: 2,
			epoch: 10,
			uid: UUID,
		});
		expect(built.summary.nets).toEqual([
			{ name: 'AlexNet', boards: [[0, 1, 5, 7]] },
			{ name: 'LSTM', boards: [[1, 1e-5, 3, 3]] },
		]);
	});

	it('names what is wrong and writes nothing', async () => {
		const out = join(root, 'nothing');
		const attempt = (path: string) => run([path], out, undefined, quiet);
		await expect(attempt(join(root, 'none.whl'))).rejects.toThrow('cannot be opened');
		await expect(attempt(wheelFile(ODD_WHEEL.subarray(0, 900), '0.2.0'))).rejects.toThrow(
			'is no zip file',
		);
		await expect(attempt(wheelFile(wheel({ 'nn/A.py': '' }), '0.3.0'))).rejects.toThrow(
			'has no folder ab/nn/stat/',
		);
		const unnamed = join(root, 'wheel.zip');
		writeFileSync(unnamed, ODD_WHEEL);
		await expect(attempt(unnamed)).rejects.toThrow('is not called nn_dataset-<version>');
		expect(readdirSync(root)).not.toContain('nothing');
		await expect(run([old], join(root, 'other'), '7.7.7', quiet)).rejects.toThrow(
			'The default 7.7.7 is none of the snapshots',
		);
	});
});
