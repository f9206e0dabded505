import { describe, expect, it } from 'vitest';
import { readNetCondition, suggestions } from './net-search';

describe('readNetCondition', () => {
	it('takes names as they are', () => {
		expect(readNetCondition('nnPrefix', ' rag-')).toEqual({ value: ' rag-' });
		expect(readNetCondition('nn', '(')).toEqual({ value: '(' });
	});

	it('says what is wrong with a pattern', () => {
		expect(readNetCondition('nnRegex', '^Res.*')).toEqual({ value: '^Res.*' });
		expect(readNetCondition('nnRegex', '(').error).toBe('Not a pattern: Unterminated group.');
		expect(readNetCondition('nnRegex', 'x'.repeat(201)).error).toMatch(/200 are the limit/);
		expect(readNetCondition('nn', '').error).toMatch(/first/);
	});
});

describe('suggestions', () => {
	const catalogue = {
		nns: Array.from({ length: 50 }, (_, i) => `rag-${i}`),
		families: ['ResNet'],
	};

	it('offers a few names that begin like the text', () => {
		expect(suggestions(catalogue, 'nn', 'rag')).toHaveLength(20);
		expect(suggestions(catalogue, 'nnFamily', 'res')).toEqual(['ResNet']);
		expect(suggestions(catalogue, 'nnRegex', 'rag')).toEqual([]);
		expect(suggestions(undefined, 'nn', 'rag')).toEqual([]);
		expect(suggestions(catalogue, 'nn', '')).toEqual([]);
	});
});
