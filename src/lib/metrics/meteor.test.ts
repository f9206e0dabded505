import { describe, expect, it } from 'vitest';
import { meteorScore } from './meteor';

const words = (text: string) => text.split(' ');

describe('meteor', () => {
	const hypothesis = words('a small child plays with a ball');
	const reference = words('a little kid playing with the ball on grass');

	it('reaches NLTK’s figure with the synonyms that WordNet 3.0 has for these words', () => {
		const groups = [
			['small', 'little'],
			['child', 'kid'],
		];
		const synonyms = (word: string) => new Set(groups.find((group) => group.includes(word)));
		expect(meteorScore(hypothesis, reference, synonyms)).toBeCloseTo(0.5068181818181817, 12);
		expect(meteorScore(hypothesis, reference)).toBeCloseTo(0.35866477272727276, 12);
	});

	it('does not heed capitals, but order', () => {
		expect(meteorScore(words('A Ball'), words('a ball'))).toBe(meteorScore(['a', 'b'], ['a', 'b']));
		expect(meteorScore(['b', 'a'], ['a', 'b'])).toBeLessThan(meteorScore(['a', 'b'], ['a', 'b']));
	});

	it('is 0 without words', () => {
		expect(meteorScore([], ['a'])).toBe(0);
		expect(meteorScore(['a'], [])).toBe(0);
	});
});
