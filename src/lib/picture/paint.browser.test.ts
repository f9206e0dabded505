import { describe, expect, test } from 'vitest';
import type { BoxTrace, Figure, HeatmapTrace, LayoutAxes, Trace } from '../stats/plots/plot';
import { paintFigure } from './paint';
import { pngChunks, readMetadata } from './png-metadata';
import { curves, figureOf, PICTURE } from './samples';

const PNG = { ...PICTURE, format: 'png', width: 6, height: 4, dpi: 100 } as const;
const AXES: LayoutAxes = {
	xaxis: { type: 'linear', range: [0, 10] },
	yaxis: { type: 'linear', range: [0, 10] },
};

/** @returns how many pixels have exactly a colour, and the middle of them as shares of the picture */
async function pixelsOf(figure: Figure, [r, g, b]: readonly number[], options = PNG) {
	const { bytes } = await paintFigure(figure, options);
	const image = await createImageBitmap(new Blob([bytes.slice()], { type: 'image/png' }));
	const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
	context.drawImage(image, 0, 0);
	const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
	let [count, x, y] = [0, 0, 0];
	for (let i = 0; i < width * height; i++) {
		if (data[4 * i] !== r || data[4 * i + 1] !== g || data[4 * i + 2] !== b) continue;
		count++;
		x += i % width;
		y += Math.floor(i / width);
	}
	return { count, x: x / count / width, y: y / count / height, width, height };
}

const RED = [255, 0, 0] as const;

describe('paintFigure(figure, options) as PNG in a browser', () => {
	test('has the pixels of its inches, and says how many there are in one', async () => {
		const { width, height } = await pixelsOf(curves(3), RED);
		expect([width, height]).toEqual([600, 400]);
		const { bytes, mediaType } = await paintFigure(curves(3), PNG);
		expect(mediaType).toBe('image/png');
		expect(readMetadata(bytes).dpi).toBeCloseTo(100, 1);
	});

	test('carries title, sentence, source and link before the pixels', async () => {
		const { bytes } = await paintFigure(curves(1), PNG);
		const texts = Object.fromEntries(readMetadata(bytes).texts.map((t) => [t.keyword, t.text]));
		expect(texts).toEqual({
			Title: 'A sample',
			Description: 'Records of <all> nets. One sentence.',
			Source: PICTURE.source,
			URL: PICTURE.link,
			Software: 'LEMUR Web',
		});
		const types = pngChunks(bytes).map(({ type }) => type);
		expect(types.indexOf('iTXt')).toBeLessThan(types.indexOf('IDAT'));
		expect(types.at(-1)).toBe('IEND');
	});

	test('a marker is a disc at its place', async () => {
		const dot = (x: number): Trace => ({
			type: 'scatter',
			mode: 'markers',
			x: [x],
			y: [5],
			marker: { color: '#ff0000', size: 40 },
		});
		const left = await pixelsOf(figureOf([dot(2)], AXES), RED);
		const right = await pixelsOf(figureOf([dot(8)], AXES), RED);
		expect(right.x - left.x).toBeGreaterThan(0.4);
		expect(right.y).toBeCloseTo(left.y, 2);
		// the area of a circle, without its blurred rim
		expect(left.count / (Math.PI * (20 * (100 / 96) * 0.75) ** 2)).toBeGreaterThan(0.85);
		expect(left.count / (Math.PI * (20 * (100 / 96) * 0.75) ** 2)).toBeLessThan(1.05);
	});

	test('bars, boxes and heatmaps have their colours', async () => {
		const bar: Trace = {
			type: 'bar',
			orientation: 'v',
			x: [5],
			y: [5],
			marker: { color: '#ff0000' },
		};
		const low = await pixelsOf(figureOf([bar], AXES), RED);
		expect(low.count).toBeGreaterThan(5000);
		expect(low.y).toBeGreaterThan(0.5);
		const box: BoxTrace = {
			type: 'box',
			x: [5],
			q1: [6],
			median: [7],
			q3: [8],
			lowerfence: [6],
			upperfence: [9],
			boxpoints: false,
			width: 4,
			fillcolor: '#ff0000',
			line: { color: '#000000', width: 1 },
		};
		const high = await pixelsOf(figureOf([box], AXES), RED);
		expect(high.count).toBeGreaterThan(5000);
		expect(high.y).toBeLessThan(0.5);
		const map: HeatmapTrace = {
			type: 'heatmap',
			x: [1, 2],
			y: [1, 2],
			z: [
				[0, 0],
				[0, 1],
			],
			colorscale: [
				[0, '#00ff00'],
				[1, '#ff0000'],
			],
			showscale: false,
			hoverongaps: false,
		};
		const { count } = await pixelsOf(figureOf([map]), RED);
		const others = await pixelsOf(figureOf([map]), [0, 255, 0]);
		// no seams between cells, so three cells are three times one
		expect(others.count / count).toBeCloseTo(3, 1);
	});

	test('a bar thinner than a pixel is seen', async () => {
		const bar: Trace = {
			...{ type: 'bar', orientation: 'v', x: [5], y: [5], width: 0.001 },
			marker: { color: '#ff0000' },
		};
		expect((await pixelsOf(figureOf([bar], AXES), RED)).count).toBeGreaterThan(100);
	});

	test('overlapping transparent markers add up', async () => {
		const trace: Trace = {
			type: 'scatter',
			mode: 'markers',
			x: Array.from({ length: 60 }, () => 5),
			y: Array.from({ length: 60 }, () => 5),
			marker: { color: '#ff0000', size: 40, opacity: 0.5 },
		};
		expect((await pixelsOf(figureOf([trace], AXES), RED)).count).toBeGreaterThan(400);
	});

	test('an SVG is XML that a browser reads, with every name as text', async () => {
		const { bytes } = await paintFigure(curves(20), PICTURE);
		const page = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'image/svg+xml');
		expect(page.querySelector('parsererror')).toBeNull();
		expect([...page.querySelectorAll('text')].map((t) => t.textContent)).toContain(
			'<b>net</b> & "7"',
		);
		expect(page.querySelector('b')).toBeNull();
	});

	test('100,000 points are painted within 3 s', async () => {
		const values = (factor: number) =>
			Float64Array.from({ length: 1e5 }, (_, i) => (i * factor) % 10);
		const trace: Trace = {
			type: 'scatter',
			mode: 'markers',
			x: values(0.7548),
			y: values(0.5698),
			marker: { color: '#ff0000', size: 4 },
		};
		const start = performance.now();
		const { count } = await pixelsOf(figureOf([trace], AXES), RED);
		expect(performance.now() - start).toBeLessThan(3000);
		expect(count).toBeGreaterThan(100_000);
	});
});
