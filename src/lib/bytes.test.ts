import { expect, it } from 'vitest';
import { joinBytes } from './bytes';

it('joins parts in their order, views by what they show', () => {
	const whole = Uint8Array.of(1, 2, 3, 4);
	const joined = joinBytes([whole.subarray(1, 3), new Uint8Array(0), whole]);
	expect([...joined]).toEqual([2, 3, 1, 2, 3, 4]);
	whole.fill(0);
	expect([...joined]).toEqual([2, 3, 1, 2, 3, 4]);
	expect(joinBytes([])).toHaveLength(0);
});
