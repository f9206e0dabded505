import { describe, expect, test } from 'vitest';
import { paintFigure } from './paint';
import { curves, figureOf, PICTURE } from './samples';

async function svgOf(figure = curves(20), options = PICTURE): Promise<string> {
	const { bytes, mediaType } = await paintFigure(figure, options);
	expect(mediaType).toBe('image/svg+xml');
	return new TextDecoder().decode(bytes);
}

/** Elements that stay open, or what is wrong; a strict reader in miniature for what we write. */
function openElements(xml: string): string[] {
	const open: string[] = [];
	const rest = xml.replace(
		/<(\/?)([\w:]+)((?: [\w:-]+="[^"<&]*(?:&\w+;[^"<&]*)*")*) ?(\/?)>/g,
		(_, end, name, attributes, empty) => {
			void attributes;
			if (end) expect(open.pop()).toBe(name);
			else if (!empty) open.push(name as string);
			return '';
		},
	);
	expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
	return open;
}

describe('paintFigure(figure, options) as SVG', () => {
	test('is well-formed, in inches, with text as text', async () => {
		const svg = await svgOf();
		expect(openElements(svg)).toEqual([]);
		expect(svg).toMatch(
			/^<svg xmlns="[^"]+" width="14in" height="8in" viewBox="0 0 1083.1\d 618.9\d"/,
		);
		expect(svg).toContain('>Accuracy (fraction)</text>');
	});

	test('markup in names is inert', async () => {
		const svg = await svgOf();
		expect(svg).toContain('&lt;b&gt;net&lt;/b&gt; &amp; &quot;3&quot;</text>');
		expect(svg).not.toContain('<b>');
	});

	test('20 curves with bands stay below 300 kB', async () => {
		expect((await svgOf()).length).toBeLessThan(300_000);
	});

	test('carries title, sentence, summary, source and link', async () => {
		const svg = await svgOf(figureOf([], {}, {}, 'Box & whiskers'));
		expect(svg).toContain('<title>Box &amp; whiskers</title>');
		expect(svg).toContain('<desc>Records of &lt;all&gt; nets. One sentence.</desc>');
		expect(svg).toContain('<dc:source>LEMUR 2.1.2, sha256 abc</dc:source>');
		expect(svg).toContain('<dc:identifier>https://example.org/#a=1&amp;b=2</dc:identifier>');
		expect(await svgOf(curves(1), { ...PICTURE, link: '' })).not.toContain('dc:identifier');
	});

	test('a larger picture has larger text, a small one not too small', async () => {
		const at = async (width: number, height: number) =>
			/viewBox="0 0 ([\d.]+) /.exec(await svgOf(curves(1), { ...PICTURE, width, height }))![1];
		expect(await at(10.5, 6)).toBe('1008');
		expect(await at(21, 12)).toBe('1198.72');
		expect(await at(3, 2)).toBe('384');
	});

	test('the same figure is the same file', async () => {
		expect(await svgOf()).toBe(await svgOf());
	});
});

describe('paintFigure(figure, options) as PNG', () => {
	test('says why there is none where nothing can paint it', async () => {
		await expect(paintFigure(curves(1), { ...PICTURE, format: 'png' })).rejects.toThrow(
			'needs an OffscreenCanvas',
		);
	});
});
