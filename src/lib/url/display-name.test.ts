import { describe, expect, it } from 'vitest';
import { displayName, MAX_SHOWN } from './display-name';

describe('displayName(name)', () => {
	it('drops control, bidi, zero-width and tag characters, and composes', () => {
		expect(displayName('a\u202egpj\u202c.\0e\u200bxe\ufeff\u{e0041}')).toBe('agpj.exe');
		expect(displayName('e\u0301')).toBe('é');
	});

	it('leaves visible names alone, markup included: it is shown as text', () => {
		for (const name of ['ast-layer_type-AlexNet', '<br>', '名前', '👩‍🔬'.replace('\u200d', '')]) {
			expect(displayName(name)).toBe(name);
		}
	});

	it('shows at most 200 characters, without splitting one', () => {
		const shown = displayName('😀'.repeat(5_000_000));
		expect([...shown]).toHaveLength(MAX_SHOWN);
		expect(shown.endsWith('😀…')).toBe(true);
		expect(displayName('x'.repeat(MAX_SHOWN))).toBe('x'.repeat(MAX_SHOWN));
		expect([...displayName('x'.repeat(MAX_SHOWN + 1))]).toHaveLength(MAX_SHOWN);
	});
});
