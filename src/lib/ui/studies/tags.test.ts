import { describe, expect, it } from 'vitest';
import { MAX_TAGS } from '../../hpo/study/events';
import { tagsOf } from './tags';

describe('tagsOf', () => {
	it('takes each tag once, without blanks around it', () => {
		expect(tagsOf(' a, b b ,a,, ')).toEqual({ tags: ['a', 'b b'] });
		expect(tagsOf('')).toEqual({ tags: [] });
	});

	it('says what is too long or too many', () => {
		expect(tagsOf('x'.repeat(51))).toHaveProperty('problem', expect.stringContaining('50'));
		const many = Array.from({ length: MAX_TAGS + 1 }, (_, i) => `t${i}`).join();
		expect(tagsOf(many)).toHaveProperty('problem', expect.stringContaining(String(MAX_TAGS)));
	});
});
