import { describe, expect, it } from 'vitest';
import { bytesOnDevice, bytesPerSample, hub, mirrorOf, siteOf } from './dataset';
import { DATASETS } from './registry';

describe('facts of datasets', () => {
	it('count bytes as shards take them', () => {
		expect(bytesPerSample(DATASETS['cifar-10'])).toBe(3072 + 2);
		expect(bytesOnDevice(DATASETS.mnist)).toBe(70_000 * 786);
		expect(bytesPerSample(DATASETS.imagenette)).toBe(102_406);
	});

	it('find the sources by kind', () => {
		expect(siteOf(DATASETS.digits)?.kind).toBe('site');
		expect(siteOf(DATASETS.svhn)).toBeUndefined();
		expect(mirrorOf(DATASETS.svhn)?.files).toHaveLength(2);
		expect(mirrorOf(DATASETS.mnist)).toBeUndefined();
		expect(hub('a/b', 'c')('d.parquet')).toBe(
			'https://huggingface.co/datasets/a/b/resolve/c/d.parquet',
		);
	});
});
