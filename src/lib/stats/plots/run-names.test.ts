import { expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { nameReader } from './run-names';

it('reads the net of a trial, safe and short', () => {
	const long = 'n'.repeat(200);
	const columns = columnsOf([
		{ nn: '<b>', trials: [[1, 0.1]] },
		{ nn: long, trials: [[1, 0.2]] },
	]);
	const name = nameReader(columns);
	expect(name(0)).toBe('&lt;b&gt;');
	expect(name(1).length).toBeLessThan(60);
	expect(name(0)).toBe('&lt;b&gt;');
});
