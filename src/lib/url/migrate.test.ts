import { describe, expect, it } from 'vitest';
import { LINK_VERSION, migrate, type Pair } from './migrate';

const pairs: readonly Pair[] = [['task', 'x']];

describe('migrate(version, pairs)', () => {
	it('leaves links of this and of newer versions as they are, and reads none as the first', () => {
		for (const version of [LINK_VERSION, LINK_VERSION + 1, 999])
			expect(migrate(version, pairs)).toBe(pairs);
		for (const version of [0, -1, NaN]) expect(migrate(version, pairs)).toEqual(migrate(1, pairs));
	});
});
