import { describe, expect, it } from 'vitest';
import { readView } from './read-view';
import { DEFAULT_VIEW } from './view';

describe('readView(input)', () => {
	it.each([null, undefined, 7, 'text', [], () => 1])('shows the default for %s', (input) => {
		const { view, problems } = readView(input);
		expect(view).toEqual(DEFAULT_VIEW);
		expect(problems).toHaveLength(1);
	});

	it('drops each wrong field by name and keeps the rest', () => {
		const { view, problems } = readView({
			xLog: 'yes',
			sql: 'SELECT 1',
			sort: [
				{ column: 'nn', descending: true },
				{ column: 'nn', descending: false },
			],
			viewport: { xMin: 1, xMax: 1, yMin: 0, yMax: 1 },
			nonsense: 1,
			['k'.repeat(300)]: 1,
		});
		expect(view).toEqual({ ...DEFAULT_VIEW, sql: 'SELECT 1' });
		const expected = ['k'.repeat(100), 'nonsense', 'sort', 'viewport', 'xLog'];
		expect(problems.map(({ key }) => key).sort()).toEqual(expected);
	});

	it('keeps the conditions of a filter that can be read', () => {
		const { view, problems } = readView({ filter: { task: ['a'], epoch: 'five', colour: 1 } });
		expect(view.filter).toEqual({ task: ['a'] });
		expect(problems.map(({ key }) => key).sort()).toEqual(['colour', 'epoch']);
		expect(readView({ filter: 7 }).problems[0]?.message).toContain('all trials are shown');
	});
});
