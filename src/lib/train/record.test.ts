import { describe, expect, it } from 'vitest';
import { writeRecordFile } from '../db/records/record-file';
import { uidOf } from '../db/records/identity';
import { epochRecord, readRecordText, recordText, runPrm } from './record';
import { tinyConfig } from './testing';

const gpu = { backend: 'webgpu', adapter: 'ACME 1', software: false } as const;

describe('epochRecord', () => {
	it('is a record of LEMUR: kinds of numbers, key order, nanoseconds', () => {
		const config = { ...tinyConfig, prm: { lr: 4e-5, momentum: 1, batch: 8 } };
		const record = epochRecord(runPrm(config, gpu), { accuracy: 1, duration: 1234.5678 });
		expect(writeRecordFile([record])).toBe(
			`[
    {
        "accuracy": 1.0,
        "batch": 8,
        "duration": 1234567800,
        "gpu_type": "ACME 1 (WebGPU in a browser)",
        "lr": 4e-05,
        "momentum": 1.0,
        "seed": 7,
        "transform": "norm",
        "uid": "${record.get('uid')}"
    }
]`,
		);
	});

	it('has one uid for all epochs, by the alphabetical rule, and another for other settings', () => {
		const uid = (config: Partial<typeof tinyConfig>, duration = 1) =>
			epochRecord(runPrm({ ...tinyConfig, ...config }, gpu), { accuracy: 0.5, duration }).get(
				'uid',
			);
		const record = epochRecord(runPrm(tinyConfig, gpu), { accuracy: 0.5, duration: 1 });
		expect(uidOf(record)).toBe(record.get('uid'));
		expect(uid({}, 2)).toBe(uid({}));
		const others = [uid({ seed: 8 }), uid({ gate: false }), uid({ trainLimit: 10 }), uid({})];
		expect(new Set(others).size).toBe(4);
	});

	it('says what was overridden, left out and noted', () => {
		const config = { ...tinyConfig, gate: false, trainLimit: 100, testLimit: 50 };
		const prm = runPrm(config, { backend: 'cpu', adapter: '', software: false });
		const record = epochRecord(prm, { accuracy: 0.5, duration: 1 }, ['slept', 'moved to the cpu']);
		expect(Object.fromEntries(record)).toMatchObject({
			...{ accuracy_gate: false, train_limit: 100n, test_limit: 50n },
			...{ cpu_type: '(cpu in a browser)', notes: 'slept; moved to the cpu' },
		});
		expect(readRecordText(recordText(record))).toEqual(record);
	});
});
