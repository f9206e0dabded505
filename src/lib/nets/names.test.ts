import { expect, it } from 'vitest';
import { NET_NAMES } from './names';
import { nets } from './registry';

it('the names are those of the registry', () => {
	expect([...NET_NAMES].sort()).toEqual(
		nets()
			.map(({ name }) => name)
			.sort(),
	);
});
