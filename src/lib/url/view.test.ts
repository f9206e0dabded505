import { expect, it } from 'vitest';
import { isColumnId } from './view';

it('isColumnId() knows the base columns and hyperparameters of any name', () => {
	const ids = ['accuracy', 'prm.lr', 'prm.', 'prm', 'toString', `prm.${'x'.repeat(501)}`, 7];
	expect(ids.map(isColumnId)).toEqual([true, true, false, false, false, false, false]);
});
