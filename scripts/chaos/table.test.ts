import { expect, it } from 'vitest';
import { tableOf, type Kill } from './table';

const kill = (change: Partial<Kill>): Kill => ({
	...{ browser: false, wait: 1, ready: 2_000, told: 0, stored: 0, lost: 0 },
	...{ dense: true, restored: false },
	...change,
});

it('adds up what each life stored, lost and had to mend', () => {
	const kills = [
		kill({ stored: 4, told: 3 }),
		kill({ stored: 5, told: 6, lost: 1, dense: false, browser: true, restored: true }),
		kill({ stored: 9, told: 9, ready: 4_000 }),
	];
	expect(tableOf(kills).split('\n').slice(2)).toEqual([
		'| renderer | 2 | 8 | 0 | 0 | 0 | 4.0 s |',
		'| browser | 1 | 1 | 1 | 1 | 1 | 2.0 s |',
		'| both | 3 | 9 | 1 | 1 | 1 | 2.0 s |',
	]);
	expect(tableOf([])).toContain('| both | 0 | 0 | 0 | 0 | 0 | – |');
});
