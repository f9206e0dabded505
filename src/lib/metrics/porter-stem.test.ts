import { describe, expect, it } from 'vitest';
import { stem } from './porter-stem';

/** From Porter's paper, where NLTK does not differ. */
const PAPER: Readonly<Record<string, string>> = {
	caresses: 'caress',
	ponies: 'poni',
	agreed: 'agre',
	plastered: 'plaster',
	motoring: 'motor',
	conflated: 'conflat',
	troubled: 'troubl',
	sized: 'size',
	hopping: 'hop',
	falling: 'fall',
	hissing: 'hiss',
	failing: 'fail',
	happy: 'happi',
	relational: 'relat',
	conditional: 'condit',
	rational: 'ration',
	digitizer: 'digit',
	vietnamization: 'vietnam',
	operator: 'oper',
	hopefulness: 'hope',
	sensibiliti: 'sensibl',
	triplicate: 'triplic',
	electrical: 'electr',
	goodness: 'good',
	allowance: 'allow',
	adoption: 'adopt',
	bowdlerize: 'bowdler',
	probate: 'probat',
	rate: 'rate',
	controll: 'control',
};

/** Where NLTK leaves the paper. */
const NLTK: Readonly<Record<string, string>> = {
	dies: 'die',
	flies: 'fli',
	died: 'die',
	spied: 'spi',
	skies: 'sky',
	dying: 'die',
	enjoy: 'enjoy',
	by: 'by',
	is: 'is',
	innings: 'inning',
	geology: 'geolog',
	Running: 'run',
	constructor: 'constructor',
};

describe('stem', () => {
	it('follows Porter’s paper', () => {
		expect(Object.fromEntries(Object.keys(PAPER).map((word) => [word, stem(word)]))).toEqual(PAPER);
	});

	it('follows NLTK where it differs', () => {
		expect(Object.fromEntries(Object.keys(NLTK).map((word) => [word, stem(word)]))).toEqual(NLTK);
	});
});
