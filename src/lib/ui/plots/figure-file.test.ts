import { describe, expect, it } from 'vitest';
import { embedCode } from './embed-code';
import { figureCsv, figureJson, figureName } from './figure-file';
import { FIGURE } from './testing';

describe('figureCsv(figure)', () => {
	it('has exact numbers with a point, inert text, and nothing where there is no value', () => {
		expect(new TextDecoder().decode(figureCsv(FIGURE))).toBe(
			[
				'Net,Accuracy (fraction),Time so far (ns)',
				"'=1+1,0.1,97760707514.62746",
				'"plain, ""quoted""",,-0',
				',0.3333333333333333,1e+21',
				'',
			].join('\r\n'),
		);
	});
});

describe('figureJson(figure, facts)', () => {
	it('says what the figure shows and where it came from, with exact numbers', () => {
		const facts = {
			plot: 'ecdf',
			mode: 'corrected',
			sentence: '12 records',
			link: 'https://site.example/plots/#plot=ecdf',
			source: 'LEMUR 2.1.2',
		} as const;
		const read: unknown = JSON.parse(figureJson(FIGURE, facts));
		expect(read).toMatchObject({ title: 'T', ...facts, summary: 'S.', used: 12, notes: ['N.'] });
		expect(read).toHaveProperty('columns.1.values', [0.1, null, 1 / 3]);
		expect(read).toHaveProperty('columns.0.values.0', '=1+1');
	});
});

describe('figureName(plot, version, extension)', () => {
	it('names plot and snapshot and is a plain word', () => {
		expect(figureName('rolling-mean', '2.1.2', '.png')).toBe('lemur-rolling-mean-2.1.2.png');
		expect(figureName('ecdf', '../a b', '.csv')).toBe('lemur-ecdf-a_b.csv');
	});
});

describe('embedCode(address, title)', () => {
	it('is one frame, whatever the address and title hold', () => {
		const code = embedCode('https://site.example/embed/#a="><script>', 'A & "B"');
		expect(code).toMatch(/^<iframe src="[^"<>]*" title="[^"<>]*" [^<>]*><\/iframe>$/);
		expect(code).toContain('title="A &amp; &quot;B&quot;"');
	});
});
