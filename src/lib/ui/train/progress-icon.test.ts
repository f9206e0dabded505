import { expect, it } from 'vitest';
import { progressIcon } from './progress-icon';

const drawn = (share: number) =>
	/stroke-dasharray="([\d.]+) /.exec(decodeURIComponent(progressIcon(share)))?.[1];

it('fills with the share, in whole percents', () => {
	expect([0, 0.5, 1].map(drawn)).toEqual(['0.0', '40.8', '81.7']);
	expect(progressIcon(0.501)).toBe(progressIcon(0.509));
	expect([-1, 7].map(drawn)).toEqual(['0.0', '81.7']);
});

it('is a picture that the content policy lets in: data, nothing from elsewhere', () => {
	const svg = decodeURIComponent(progressIcon(0.3).slice('data:image/svg+xml,'.length));
	expect(svg).toMatch(/^<svg .*<\/svg>$/);
	expect(svg).not.toMatch(/script|href|url\(/);
});
