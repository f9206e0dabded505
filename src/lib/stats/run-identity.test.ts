import { describe, expect, it } from 'vitest';
import { bestOf } from './best';
import { facetsOf } from './facets';
import { Matcher } from './match';
import { countRuns, runIdentity } from './run-identity';
import { columnsOf } from './testing';

const columns = columnsOf([
	{ uid: 'u0', trials: [[1, 0.5, 10]] },
	{ uid: 'u0', repeat: 1, trials: [[1, 0.75, 10]] },
	{ uid: 'u1', trials: [[1, 0.25, 10]] },
	{ nn: 'ResNet', uid: 'u0', trials: [[1, 0.5, 10]] },
]);

describe('runIdentity', () => {
	it('counts a repeat with the run it repeats, and no other', () => {
		expect([...runIdentity(columns.runs)]).toEqual([0, 0, 2, 3]);
		expect(countRuns(columns.runs)).toBe(3);
	});

	it('is what facets count', () => {
		expect(facetsOf(new Matcher(columns), {}, []).runs).toBe(3);
	});

	it('is the group of best per run', () => {
		expect([...bestOf(columns, Uint32Array.of(0, 1, 2, 3), 'run')]).toEqual([1, 2, 3]);
	});
});
