import { describe, expect, it } from 'vitest';
import { absolute } from './absolute';

describe('absolute', () => {
	it('follows the page up its folders', () => {
		expect(absolute('../', 'https://site.example/sub/explore/#v=1')).toBe(
			'https://site.example/sub/',
		);
		expect(absolute('/sub/', 'https://site.example/sub/nets/AlexNet')).toBe(
			'https://site.example/sub/',
		);
	});
});
