import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyOf } from './family';

const HASH = '0370e8d7135a3ac5a6917c5f15739115';
const UUID = '37753158-1be3-4dd2-974f-77493eb4712f';

describe('familyOf(nn)', () => {
	it.each([
		['ga-780', 'ga'],
		['ga-mut-12', 'ga-mut'],
		[`rag-${HASH}`, 'rag'],
		[`alt-nn1-${HASH}`, 'alt-nn1'],
		[`ast-dimension-AlexNet-${HASH}`, 'ast-dimension-AlexNet'],
		[`AlexNet-${UUID}`, 'AlexNet'],
		['FCN32s-2', 'FCN32s'],
		[`SqueezeNet-1-${UUID}`, 'SqueezeNet'],
	])('%s is of family %s', (nn, family) => {
		expect(familyOf(nn)).toBe(family);
	});

	it.each(['AlexNet', 'MoE-0707-DenseNet', 'DPN68', 'UNet2D', HASH, '-12', ''])(
		'%s stands for itself',
		(nn) => {
			expect(familyOf(nn)).toBe(nn);
		},
	);

	it('keeps what only looks like a hash', () => {
		expect(familyOf('Net-0370e8d7')).toBe('Net-0370e8d7');
		expect(familyOf(`Net-${HASH.toUpperCase()}`)).toBe(`Net-${HASH.toUpperCase()}`);
	});

	it('is the start of the name and its own family', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('Net', '12', HASH, UUID, 'nn1'), { minLength: 1, maxLength: 4 }),
				(parts) => {
					const nn = parts.join('-');
					expect(nn.startsWith(familyOf(nn))).toBe(true);
					expect(familyOf(familyOf(nn))).toBe(familyOf(nn));
				},
			),
		);
	});
});
