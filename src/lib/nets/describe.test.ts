import { describe as suite, expect, test } from 'vitest';
import * as nn from '../nn/modules';
import { describe } from './describe';

suite('describe', () => {
	test('tells class and arguments as PyTorch writes them', () => {
		expect(describe(new nn.Conv2d(3, 8, [3, 5], { stride: 2, padding: 'same' }))).toEqual({
			type: 'Conv2d',
			arguments: {
				...{ in: 3, out: 8, kernel: [3, 5], stride: 2, padding: 'same' },
				...{ dilation: 1, groups: 1, bias: true },
			},
		});
		expect(describe(new nn.MaxPool2d(3, { stride: [2, 2] }))?.arguments).toMatchObject({
			...{ kernel: 3, stride: 2, ceil_mode: false },
		});
		expect(describe(new nn.BatchNorm2d(4, { affine: false }))).toMatchObject({
			type: 'BatchNorm2d',
			arguments: { features: 4, affine: false, track_running_stats: true },
		});
		expect(describe(new nn.AdaptiveAvgPool2d([1, null]))?.arguments).toEqual({
			output_size: [1, null],
		});
	});

	test('ReLU6 is not ReLU, and a container is no layer', () => {
		expect(describe(new nn.ReLU6())?.type).toBe('ReLU6');
		expect(describe(new nn.ReLU())?.type).toBe('ReLU');
		expect(describe(new nn.Sequential(new nn.ReLU()))).toBeUndefined();
	});
});
