import { describe, expect, test } from 'vitest';
import { checkSize, NetSizeError, required } from './net';
import { netOf, nets } from './registry';

const spec = (name: string) => netOf(name)!;

describe('checkSize', () => {
	test('AlexNet at 32 pixels says what works before it is built', () => {
		const check = () => checkSize(spec('AlexNet'), [2, 3, 32, 32]);
		expect(check).toThrow(NetSizeError);
		expect(check).toThrow(
			'AlexNet needs images of at least 63 × 63 pixels, not 32 × 32. Choose a transform that makes them larger, such as norm_64 or echo_64.',
		);
		expect(() => checkSize(spec('AlexNet'), [2, 3, 64, 64])).not.toThrow();
		expect(() => checkSize(spec('AlexNet'), [2, 3, 299, 62])).toThrow(NetSizeError);
	});

	test('a net of one size names it', () => {
		expect(() => checkSize(spec('BayesianNet-3'), [2, 3, 64, 64])).toThrow(
			/runs on images of 32 × 32 pixels only, not 64 × 64\. .*such as norm_32 or echo_32/,
		);
	});

	test('every net takes the size it says it needs, and none below', () => {
		for (const one of nets()) {
			const size = one.exactSize ?? one.minimumSize;
			expect(() => checkSize(one, [2, 3, size, size])).not.toThrow();
			expect(() => checkSize(one, [2, 3, size - 1, size])).toThrow(NetSizeError);
		}
	});
});

test('a hyperparameter that is missing is named with those that are there', () => {
	expect(required({ lr: 0 }, 'lr')).toBe(0);
	expect(() => required({ lr: 0.1, momentum: 0.9 }, 'dropout')).toThrow(
		'needs the hyperparameter dropout; given: lr, momentum',
	);
});
