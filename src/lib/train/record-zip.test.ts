import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importRecords, type SourceNames } from '../db/records/importer';
import type { PyDict } from '../db/records/python-text';
import { mergeTrial } from '../db/records/record-file';
import { recordZip, type OwnRecord } from './record-zip';

const date = new Date(2026, 0, 2);
const nns = ['AlexNet', 'VGG', 'ga-1.5'] as const;

const ownRecord: fc.Arbitrary<OwnRecord> = fc
	.record({
		nn: fc.constantFrom(...nns),
		epoch: fc.integer({ min: 0, max: 12 }),
		accuracy: fc.constantFrom(0.1, 0.25, 0.5, 1),
		lr: fc.double({ min: 1e-6, max: 1, noNaN: true }),
		batch: fc.integer({ min: 1, max: 64 }),
		duration: fc.bigInt({ min: 1n, max: 10n ** 14n }),
		uid: fc.uuid(),
	})
	.map(({ nn, epoch, accuracy, lr, batch, duration, uid }) => ({
		...{ task: 'img-classification', dataset: 'mnist', metric: 'acc', nn, epoch },
		trial: dict({ uid, transform: 'norm_32', lr, batch: BigInt(batch), accuracy, duration }),
	}));

function dict(fields: Record<string, string | number | bigint>): PyDict {
	return new Map(Object.entries(fields));
}

function filesOf(bytes: Uint8Array): { path: string; text: string }[] {
	return Object.entries(unzipSync(bytes)).map(([path, data]) => ({ path, text: strFromU8(data) }));
}

const known: SourceNames = {
	nn: new Set(nns),
	metric: new Set(['acc']),
	transform: new Set(['norm_32']),
};

describe('recordZip', () => {
	it('gives LEMUR’s importer back every row that went in', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(ownRecord, { selector: ({ trial }) => trial.get('uid'), maxLength: 20 }),
				async (records) => {
					const { bytes, trials, refused } = await recordZip(records, { date });
					const { stat, prm, error } = importRecords(filesOf(bytes), known);
					expect([error, refused, trials]).toEqual([null, [], records.length]);
					const rows = stat.map(({ id: _id, ...row }) => row);
					for (const { trial, ...name } of records)
						expect(rows).toContainEqual({
							...name,
							accuracy: trial.get('accuracy'),
							duration: trial.get('duration'),
							prm: trial.get('uid'),
							transform: 'norm_32',
						});
					expect(prm.filter(({ name }) => name === 'lr')).toHaveLength(records.length);
				},
			),
			{ numRuns: 30 },
		);
	});

	it('holds byte by byte what LEMUR’s own merging, trial after trial, would hold', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(ownRecord, { maxLength: 20 }), async (records) => {
				const expected = new Map<string, string>();
				for (const { nn, epoch, trial } of records) {
					const path = `img-classification_mnist_acc_${nn}/${epoch}.json`;
					const sorted = new Map([...trial].sort(([a], [b]) => (a < b ? -1 : 1)));
					expected.set(path, mergeTrial(expected.get(path) ?? null, sorted));
				}
				const { bytes } = await recordZip(records, { date });
				const files = filesOf(bytes).map(({ path, text }) => [path, text] as const);
				expect(new Map(files)).toEqual(expected);
			}),
			{ numRuns: 30 },
		);
	});

	it('writes one file just so, in the folder that is asked for', async () => {
		const trial = dict({ uid: 'u', transform: 'norm_32', accuracy: 1, lr: 1e-5, batch: 4n });
		const record = { task: 't', dataset: 'd', metric: 'm', nn: 'n', epoch: 1, trial };
		const { bytes, files } = await recordZip([record], { date, root: 'stat/train/' });
		expect(files).toBe(1);
		expect(filesOf(bytes)).toEqual([
			{
				path: 'stat/train/t_d_m_n/1.json',
				text: [
					'[',
					'    {',
					'        "accuracy": 1.0,',
					'        "batch": 4,',
					'        "lr": 1e-05,',
					'        "transform": "norm_32",',
					'        "uid": "u"',
					'    }',
					']',
				].join('\n'),
			},
		]);
	});

	it('leaves out, in words and once for each reason, what LEMUR could not read', async () => {
		const trial = dict({ uid: 'u', transform: 't', accuracy: 0.5 });
		const name = { task: 't', dataset: 'd', metric: 'm', nn: 'n', epoch: 1, trial };
		const { refused, files, trials } = await recordZip(
			[
				name,
				{ ...name, nn: 'l2_k3' },
				{ ...name, nn: 'l2_k3', epoch: 2 },
				{ ...name, dataset: '' },
				{ ...name, nn: 'a/b' },
				{ ...name, nn: 'a\\b' },
				{ ...name, epoch: 1.5 },
				{ ...name, trial: dict({ uid: 'u', transform: 't' }) },
				{ ...name, trial: dict({ uid: 'u', transform: 't', accuracy: 'high' }) },
			],
			{ date },
		);
		expect([files, trials]).toEqual([1, 1]);
		expect(refused.map(({ records }) => records)).toEqual([2, 1, 1, 1, 1, 1, 1]);
		expect(refused[0]!.reason).toContain("cuts at each '_': rename it");
		expect(refused.map(({ reason }) => reason).join()).toMatch(
			/whole number from 0 on.*without accuracy.*not a number/,
		);
	});

	it('is the same file whatever the order of folders, and stops when it is told to', async () => {
		const trial = dict({ uid: 'u', transform: 't', accuracy: 0.5 });
		const records = [2, 10, 1].map((epoch) => {
			return { task: 't', dataset: 'd', metric: 'm', nn: 'n', epoch, trial };
		});
		const [a, b] = await Promise.all(
			[records, [...records].reverse()].map((some) => recordZip(some, { date })),
		);
		expect(filesOf(a!.bytes).map(({ path }) => path)).toEqual(
			[1, 2, 10].map((epoch) => `t_d_m_n/${epoch}.json`),
		);
		expect(b!.bytes).toEqual(a!.bytes);
		const stopped = recordZip(records, { date, signal: AbortSignal.abort() });
		await expect(stopped).rejects.toThrow('abort');
	});

	it('refuses more files than a zip file lists', async () => {
		const trial = dict({ uid: 'u', transform: 't', accuracy: 0.5 });
		function* many() {
			for (let epoch = 0; epoch <= 65_535; epoch++)
				yield { task: 't', dataset: 'd', metric: 'm', nn: 'n', epoch, trial };
		}
		await expect(recordZip(many(), { date })).rejects.toThrow('65536 files');
	});
});
