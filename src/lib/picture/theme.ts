/** Colours and font sizes of a picture, from the figure's own layout. */
import { paletteOf, type Palette } from '../stats/plots/palette';
import type { Layout } from '../stats/plots/plot';

export interface Theme {
	readonly palette: Palette;
	readonly background: string;
	readonly bare: boolean;
	readonly sizes: {
		readonly title: number;
		readonly axis: number;
		readonly tick: number;
		readonly legend: number;
		readonly note: number;
	};
}

export function themeOf(layout: Layout, bare: boolean): Theme {
	const dark = paletteOf('dark');
	const palette = layout.paper_bgcolor === dark.layout.paper_bgcolor ? dark : paletteOf('light');
	const { size } = layout.font;
	return {
		palette,
		background: layout.paper_bgcolor,
		bare,
		sizes: {
			title: size + 3,
			axis: size,
			tick: bare ? size - 2 : size - 1,
			legend: size - 1,
			note: size - 2,
		},
	};
}
