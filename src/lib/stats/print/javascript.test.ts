import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilter } from '../../url/testing';
import { toJavaScript } from './javascript';

describe('toJavaScript(filter)', () => {
	it('is an expression whose object is the filter', () => {
		fc.assert(
			fc.property(anyFilter, (filter) => {
				const text = toJavaScript(filter).slice("await lemur.export('csv', ".length, -1);
				const value: unknown = new Function(`return (${text})`)();
				expect(value).toEqual(filter);
			}),
			{ numRuns: 300 },
		);
	});
});
