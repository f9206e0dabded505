import { describe, expect, it } from 'vitest';
import { escapeMarkdown, markdownTable } from './markdown';
import { paperTable } from './paper-table';
import { paperOptions, paperSummary } from './testing';

describe('markdownTable(table)', () => {
	it('is a pipe table with escaped texts and a link', () => {
		const text = markdownTable(paperTable(paperSummary(), { ...paperOptions, statistic: 'mean' }));
		expect(text.split('\n').slice(2, 6)).toEqual([
			'| Net | cifar-10 (acc) | coco (iou) |',
			'| --- | ---: | ---: |',
			'| Alex\\_Net | 0.7062 ± 0.2916 | **0.2500** |',
			'| Res&amp;Net | **0.9123** |  |',
		]);
		expect(text).toContain('[The same rows](<https://a.b/#f=1>)');
	});

	it('leaves no markup active', () => {
		expect(escapeMarkdown('a|b\n<img src=x> *c*')).toBe('a\\|b &lt;img src=x&gt; \\*c\\*');
	});
});
