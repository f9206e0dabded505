import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SPLITS } from './dataset';
import { DATASET_LIST, DATASETS, datasetNamed, findDataset } from './registry';

describe.each(DATASET_LIST)('$id', (spec) => {
	it('is found by its name, and its facts fit together', () => {
		expect(findDataset(spec.id)).toBe(spec);
		expect(spec.mean).toHaveLength(spec.channels);
		expect(spec.std).toHaveLength(spec.channels);
		expect(new Set(spec.classes).size).toBe(spec.classes.length);
		expect(spec.minimumAccuracy).toBeCloseTo(1 / spec.classes.length, 12);
		for (const split of SPLITS) expect(spec.counts[split]).toBeGreaterThan(0);
		expect(spec.folders?.length ?? spec.classes.length).toBe(spec.classes.length);
	});

	it('has terms, and a source that this site can read', () => {
		expect(spec.licence.terms.length).toBeGreaterThan(20);
		expect(URL.canParse(spec.licence.url)).toBe(true);
		for (const source of spec.sources) {
			if (source.kind === 'files') expect(spec.decoders.length).toBeGreaterThan(0);
			if (source.kind !== 'mirror') continue;
			expect(spec.decoders).toContain(source.format);
			expect(source.files.map(({ split }) => split)).toStrictEqual([...SPLITS]);
			// A host that the content policy does not name cannot be asked.
			const policy = readFileSync('svelte.config.js', 'utf8');
			for (const { url } of source.files) expect(policy).toContain(`'${new URL(url).origin}'`);
			for (const { url, sha256 = '0'.repeat(64) } of source.files) {
				expect(url).toMatch(/^https:\/\/huggingface\.co\/datasets\/.+\/resolve\/[0-9a-f]{40}\//);
				expect(sha256).toMatch(/^[0-9a-f]{64}$/);
			}
		}
		if (spec.decoders.includes('parquet')) expect(spec.parquet).toBeDefined();
	});
});

describe('the registry of datasets', () => {
	it('has the constants of LEMUR’s loaders', () => {
		const { 'cifar-10': ten, 'cifar-100': hundred, mnist, svhn, imagenette } = DATASETS;
		expect([ten.mean, ten.std]).toStrictEqual([
			[0.4914, 0.4822, 0.4465],
			[0.247, 0.2435, 0.2616],
		]);
		expect(hundred.minimumAccuracy).toBe(0.01);
		expect([mnist.channels, mnist.mean, mnist.std]).toStrictEqual([1, [0.1307], [0.3081]]);
		expect(svhn.counts).toStrictEqual({ train: 73_257, test: 26_032 });
		expect(imagenette.size).toBeNull();
	});

	it('names what it has when it is asked for something else', () => {
		expect(() => datasetNamed('coco')).toThrow('There is no dataset coco here; there are digits');
		expect(findDataset('__proto__')).toBeUndefined();
	});
});
