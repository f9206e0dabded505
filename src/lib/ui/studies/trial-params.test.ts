import { expect, it } from 'vitest';
import { paramsOfRow } from './trial-params';

it('names the values that a trial has, a null and a 0 too', () => {
	expect(paramsOfRow(['lr', 'a', 'b'], { params: [0, undefined, null] })).toEqual({
		lr: 0,
		b: null,
	});
});
