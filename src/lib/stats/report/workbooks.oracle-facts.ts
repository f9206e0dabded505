/** Checks of a workbook's archive, look and pictures against workbooks.json. For the oracle runner alone. */
import { expectEqual } from '../../../../scripts/oracles/expect';
import { anchorsOf, cellsOf, elementsOf } from '../../xlsx/testing';
import type { Wanted } from './pictures';
import type { MadeWorkbook } from './testing';
import type { ExpectedWorkbook } from './workbooks.oracle-format';

type Checks = Record<string, (book: MadeWorkbook) => void>;

const SHEET = 'xl/worksheets/sheet1.xml';
const DRAWING = 'xl/drawings/drawing1.xml';

export function checkZip(expected: ExpectedWorkbook): Checks {
	return {
		'entries of the archive': ({ file }) =>
			expectEqual([...file.names].sort(), expected.zip_entries.flatMap(spread).sort(), 'entries'),
		'names of the sheets': ({ book }) =>
			expectEqual(book.SheetNames, expected.sheet_names, 'sheets'),
		'texts are inline': ({ file }) =>
			expectEqual(
				Array.from(cellsOf(file.text(SHEET))).every(({ type }) =>
					['n', 'inlineStr'].includes(type),
				),
				expected.strings_are_inline,
				'inline',
			),
	};
}

/** `image1..image5.png` stands for five entries. */
function spread(entry: string): string[] {
	const [, before, first, last, after] = /^(.*?)(\d+)\.\.[a-z]*(\d+)(\..*)$/.exec(entry) ?? [];
	if (before === undefined || after === undefined) return [entry];
	const count = Number(last) - Number(first) + 1;
	return Array.from({ length: count }, (_, i) => `${before}${Number(first) + i}${after}`);
}

/** Neither widths, frozen rows, filters, merged cells, names nor styles: the original sets none. */
export function checkLook(expected: ExpectedWorkbook): Checks {
	return {
		'nothing is set that the original leaves': ({ file }) => {
			const sheet = file.text(SHEET);
			const elements = ['pane', 'cols', 'autoFilter', 'mergeCells', 'hyperlinks'];
			const set = elements.filter((name) => elementsOf(sheet, name).length > 0);
			const rows = elementsOf(sheet, 'row').flatMap((row) => Object.keys(row));
			expectEqual(set, [], 'elements');
			expectEqual([...new Set(rows)], ['r'], 'attributes of rows');
			expectEqual(elementsOf(file.text('xl/workbook.xml'), 'definedName'), [], 'defined names');
			const styled = Array.from(cellsOf(sheet)).filter(({ style }) => style !== 0);
			expectEqual(styled.length, 0, 'cells with a style');
		},
		'default sizes and font': ({ file }) => {
			const [format] = elementsOf(file.text(SHEET), 'sheetFormatPr');
			expectEqual(format?.['defaultRowHeight'], expected.default_row_height, 'row height');
			expectEqual(format?.['baseColWidth'], expected.base_col_width, 'column width');
			const styles = file.text('xl/styles.xml');
			const [formats] = elementsOf(styles, 'cellXfs');
			expectEqual(Number(formats?.['count']), expected.cell_xfs, 'cell formats');
			const font = [
				elementsOf(styles, 'name')[0]?.['val'],
				Number(elementsOf(styles, 'sz')[0]?.['val']),
			];
			expectEqual(font, expected.font, 'font');
		},
	};
}

/** @param wanted every picture that the kind of report may hold */
export function checkPictures(expected: ExpectedWorkbook, wanted: () => readonly Wanted[]): Checks {
	return {
		'places of the pictures': ({ file }) => {
			const places = anchorsOf(file, DRAWING).map(({ target, ...anchor }) => ({
				...anchor,
				media: target,
			}));
			expectEqual(
				places,
				expected.images.map((image) => ({
					column: image.col0,
					row: image.row0,
					offset: [image.col_off, image.row_off],
					size: image.ext_emu,
					name: image.name,
					id: image.id,
					relation: image.relation,
					media: image.media,
				})),
				'places',
			);
		},
		'which plot is in which picture': ({ plan }) =>
			expectEqual(
				plan.files,
				expected.images.map((image) => image.plot_file),
				'plots',
			),
		'files that are looked for': ({ plan }) =>
			expectEqual(
				wanted().map(({ title, file }) => [title, file, plan.files?.includes(file)]),
				expected.image_files_looked_for_in_order.map(({ category, file, found }) => [
					category,
					file,
					found,
				]),
				'files',
			),
	};
}
