import { describe, expect, test } from 'vitest';
import { svgSurface, xmlText } from './svg-surface';

function drawnBy(draw: (surface: ReturnType<typeof svgSurface>) => void): string {
	const surface = svgSurface(100, 50);
	draw(surface);
	return surface.content();
}

describe('svgSurface(width, height)', () => {
	test('a line is one path with two decimals, broken at NaN', () => {
		const svg = drawnBy((surface) =>
			surface.line([0, 1.23456, 2, 3, NaN, NaN, 4, 5, 6, 7], { color: '#123456', width: 2 }),
		);
		expect(svg).toContain('d="M0 1.23L2 3M4 5L6 7"');
		expect(svg.match(/<path/g)).toHaveLength(1);
	});

	test('each stretch of a polygon is closed by itself', () => {
		const svg = drawnBy((surface) =>
			surface.polygon([0, 0, 1, 0, 1, 1, NaN, NaN, 5, 5, 6, 5, 6, 6], { color: 'red' }),
		);
		expect(svg).toContain('M0 0L1 0L1 1ZM5 5L6 5L6 6Z');
	});

	test('opaque markers are one path, transparent ones stay apart so that overlaps add up', () => {
		const points = [1, 2, NaN, NaN, 3, 4];
		const opaque = drawnBy((s) => s.markers(points, 'square', 4, { color: '#000000' }));
		expect(opaque.match(/<path/g)).toHaveLength(1);
		expect(opaque.match(/M/g)).toHaveLength(2);
		const faint = drawnBy((s) =>
			s.markers(points, 'circle', 4, { color: '#000000', opacity: 0.5 }),
		);
		expect(faint.match(/<use/g)).toHaveLength(2);
	});

	test('text stays text, and markup in it is inert', () => {
		const svg = drawnBy((s) =>
			s.text('<b>"a" & b</b>\u0007', 1, 2, { size: 10, color: '#000000' }),
		);
		expect(svg).toContain('>&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;</text>');
	});

	test('what is clipped stands in a group with its clip', () => {
		const svg = drawnBy((surface) => {
			surface.clip({ x: 1, y: 2, width: 3, height: 4 }, () =>
				surface.rects([0, 0, 9, 9], { color: 'red' }),
			);
		});
		expect(svg).toMatch(
			/<clipPath id="c1"><rect x="1" y="2" width="3" height="4"\/><\/clipPath><g clip-path="url\(#c1\)">\n<path[^>]*>\n<\/g>/,
		);
	});
});

describe('xmlText(text)', () => {
	test('drops what XML cannot hold and keeps the rest', () => {
		expect(xmlText('a\u0000\uffff\ud800b😀 ü')).toBe('ab😀 ü');
	});
});
