import { describe, expect, it } from 'vitest';
import { prefixSearch } from './search';

describe('prefixSearch', () => {
	const names = ['ResNet', 'AirNext', 'rag-3f2a', 'alt-nn1-77', 'MobileNetV3', 'norm_256_flip'];
	const found = (query: string) => names.filter(prefixSearch(query));

	it('finds the beginnings of words, in either case', () => {
		expect(found('res')).toEqual(['ResNet']);
		expect(found('NET')).toEqual(['ResNet', 'MobileNetV3']);
		expect(found('256')).toEqual(['norm_256_flip']);
	});

	it('wants every word of the query', () => {
		expect(found('flip norm')).toEqual(['norm_256_flip']);
		expect(found('flip res')).toEqual([]);
	});

	it('does not look inside words, and takes all for nothing', () => {
		expect(found('esnet')).toEqual([]);
		expect(found('  ')).toEqual(names);
	});
});
