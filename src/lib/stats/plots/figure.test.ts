import { expect, it } from 'vitest';
import { emptyFigure, emptyLayout, layoutOf } from './figure';
import { figureProblems } from './figure-problems';
import { paletteOf } from './palette';

it('is in the colours of the theme; print and export are light', () => {
	expect(layoutOf('T', { theme: 'dark' }, {})).toMatchObject(paletteOf('dark').layout);
	expect(layoutOf('T', {}, {})).toMatchObject(paletteOf('light').layout);
	expect(layoutOf('<b>', {}, {}, { showlegend: false })).toMatchObject({
		title: { text: '&lt;b&gt;' },
		showlegend: false,
	});
});

it('says why it is empty, also in the middle of an empty plot', () => {
	const figure = emptyFigure({ title: 'T' }, {}, 'No <record>.');
	expect(figureProblems(figure)).toEqual([]);
	expect(figure).toMatchObject({ empty: 'No <record>.', summary: 'No <record>.', used: 0 });
	expect(emptyLayout(figure.layout, 'No <record>.').annotations).toMatchObject([
		{ text: 'No &lt;record&gt;.', x: 0.5, y: 0.5, xref: 'paper' },
	]);
});
