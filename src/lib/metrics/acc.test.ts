import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccAccumulator } from './acc';

const logits = (rows: number[][]) => ({ data: rows.flat(), shape: [rows.length, 3] });
const example = fc.record({
	output: fc.array(fc.float({ noNaN: true }), { minLength: 3, maxLength: 3 }),
	label: fc.integer({ min: 0, max: 2 }),
});

describe('acc', () => {
	it('does not depend on how the test set is cut into batches', () => {
		fc.assert(
			fc.property(fc.array(example, { minLength: 1 }), fc.nat(), (examples, at) => {
				const cut = at % (examples.length + 1);
				const parts = [examples, examples.slice(0, cut), examples.slice(cut)].map((part) => ({
					outputs: logits(part.map(({ output }) => output)),
					labels: { data: part.map(({ label }) => label), shape: [part.length] },
				}));
				const [whole, halves] = [new AccAccumulator(), new AccAccumulator()];
				whole.update(parts[0]!);
				halves.update(parts[1]!);
				halves.update(parts[2]!);
				expect(halves.value()).toBe(whole.value());
			}),
		);
	});

	it('refuses labels of another number, in words', () => {
		const outputs = logits([[1, 2, 3]]);
		expect(() =>
			new AccAccumulator().update({ outputs, labels: { data: [0, 1], shape: [2] } }),
		).toThrow('predict 1 labels, but labels of shape (2,)');
	});
});
