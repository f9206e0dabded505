/** A figure as the bytes of a PNG or SVG file. */
import type { Figure } from '../stats/plots/plot';
import { canvasSurface } from './canvas-surface';
import type { PictureOptions } from './picture';
import { metadataChunks, pngChunk, pngChunks, pngFile } from './png-metadata';
import { paintScene } from './scene';
import { svgSurface, xmlText } from './svg-surface';

/**
 * @returns the file and its media type
 * @throws for a PNG where there is no OffscreenCanvas
 */
export function paintFigure(
	figure: Figure,
	options: PictureOptions,
): Promise<{ bytes: Uint8Array; mediaType: string }> {
	return options.format === 'svg'
		? Promise.resolve(paintSvg(figure, options))
		: paintPng(figure, options);
}

/** Pixels of the page in an inch. */
const PAGE_DPI = 96;

/** Inches at which text has the size that the figure asks for; a larger picture has larger text. */
const NATURAL = { width: 10.5, height: 6 };
/** Large pictures are looked at from further away, but hold more, too. */
const GROWTH = 0.75;
/** Text of smaller pictures stops shrinking here. */
const LEAST_SCALE = 0.75;

/** @returns pixels of the page in one unit of the scene */
function unitOf({ width, height }: PictureOptions): number {
	const factor = Math.min(width / NATURAL.width, height / NATURAL.height);
	return Math.max(LEAST_SCALE, factor ** GROWTH);
}

async function paintPng(figure: Figure, options: PictureOptions) {
	if (typeof OffscreenCanvas === 'undefined')
		throw new Error(
			'A PNG needs an OffscreenCanvas, which this browser or program lacks; an SVG does not.',
		);
	const { width, height, dpi, bare = false } = options;
	const canvas = new OffscreenCanvas(Math.round(width * dpi), Math.round(height * dpi));
	const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
	if (!context) throw new Error(`There is no canvas of ${canvas.width} × ${canvas.height} pixels.`);
	const scale = (unitOf(options) * dpi) / PAGE_DPI;
	paintScene(figure, canvasSurface(context, scale, figure.layout.font.family), bare);
	const blob = await canvas.convertToBlob({ type: 'image/png' });
	const [head, ...pixels] = pngChunks(new Uint8Array(await blob.arrayBuffer())).filter(({ type }) =>
		['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(type),
	);
	const chunk = ({ type, data }: { type: string; data: Uint8Array }) => pngChunk(type, data);
	const bytes = pngFile([
		chunk(head!),
		...metadataChunks(dpi, textsOf(figure, options)),
		...pixels.map(chunk),
	]);
	return { bytes, mediaType: 'image/png' };
}

function textsOf(figure: Figure, { sentence, link, source }: PictureOptions) {
	const description = [sentence, figure.summary].filter((text) => text !== '').join(' ');
	return [
		{ keyword: 'Title', text: figure.title },
		{ keyword: 'Description', text: description },
		{ keyword: 'Source', text: source },
		{ keyword: 'URL', text: link },
		{ keyword: 'Software', text: 'LEMUR Web' },
	];
}

function paintSvg(figure: Figure, options: PictureOptions) {
	const { width, height, bare = false } = options;
	const unit = unitOf(options);
	const [w, h] = [(width * PAGE_DPI) / unit, (height * PAGE_DPI) / unit].map(
		(v) => Math.round(v * 100) / 100,
	);
	const surface = svgSurface(w!, h!);
	paintScene(figure, surface, bare);
	const size = `width="${width}in" height="${height}in" viewBox="0 0 ${w} ${h}"`;
	const family = `font-family="${xmlText(figure.layout.font.family)}"`;
	const svg = [
		`<svg xmlns="http://www.w3.org/2000/svg" ${size} ${family} role="img">`,
		...descriptionOf(figure, options),
		surface.content(),
		'</svg>\n',
	].join('\n');
	return { bytes: new TextEncoder().encode(svg), mediaType: 'image/svg+xml' };
}

/** Title and description for readers, and the same with source and link as Dublin Core. */
function descriptionOf(figure: Figure, options: PictureOptions): string[] {
	const [title, description, source, link, software] = textsOf(figure, options).map(({ text }) =>
		xmlText(text),
	);
	const core = [
		['title', title],
		['description', description],
		['source', source],
		['identifier', link],
		['creator', software],
		['format', 'image/svg+xml'],
	].filter(([, text]) => text);
	return [
		`<title>${title}</title>`,
		`<desc>${description}</desc>`,
		'<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">',
		...core.map(([name, text]) => `<dc:${name}>${text}</dc:${name}>`),
		'</rdf:Description></rdf:RDF></metadata>',
	];
}
