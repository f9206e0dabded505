/** The sheet of pictures: plots of the same rows, one below the other, each with its sentence. */
import type { Cell, Picture, Sheet } from '../../xlsx/workbook';
import type { PlotId } from '../plots/ids';
import type { PlotRows } from '../plots/plot';
import { PLOTS } from '../plots/registry';
import type { Painted, Wanted } from './pictures';

/** In their order on the sheet; each as it is drawn without any choice. */
const PICTURES: readonly PlotId[] = [
	'mean-std',
	'box-epoch',
	'histogram',
	'rows-time',
	'density',
	'pareto',
	'rank',
	'importance',
];

/** Pixels. */
const WIDTH = 840;
const ROW = 20;

/** @returns the pictures of the workbook */
export function picturesWanted({ ids }: PlotRows): Wanted[] {
	return PICTURES.map((id) => {
		return { id, title: PLOTS[id].title, file: `${id}.png`, options: {}, ids };
	});
}

/** @param painted in the order of the sheet */
export function picturesSheet(painted: readonly Painted[]): Sheet {
	const cells: Cell[] = [];
	const pictures: Picture[] = [];
	let row = 0;
	for (const { wanted, png, alt, notes } of painted) {
		cells.push({ row: row++, column: 0, value: wanted.title, style: 'bold' });
		for (const value of [alt, ...notes])
			cells.push({ row: row++, column: 0, value, style: 'plain' });
		const [width, height] = PLOTS[wanted.id].size;
		const place = { row, column: 0, width: WIDTH, height: Math.round((WIDTH * height) / width) };
		pictures.push({ ...place, png, alt });
		row += Math.ceil(place.height / ROW) + 2;
	}
	return { name: 'Pictures', cells, pictures, fit: true, blank: 'absent' };
}
