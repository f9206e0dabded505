/** Addresses in Excel's words: columns as letters, cells as A1, ranges with their sheet. */

/** @param column 0-based @returns A, B, … Z, AA, … */
export function columnName(column: number): string {
	let name = '';
	for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
		name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
	return name;
}

/** @param column 0-based @param row 0-based */
export function cellName(column: number, row: number): string {
	return `${columnName(column)}${row + 1}`;
}

/** @returns A1:B2 of two corners, 0-based and inclusive */
export function rangeName(
	[firstColumn, firstRow]: readonly [number, number],
	[lastColumn, lastRow]: readonly [number, number],
): string {
	return `${cellName(firstColumn, firstRow)}:${cellName(lastColumn, lastRow)}`;
}

/** @returns 'Sheet 1'!$A$2:$A$9: the rows of one column, 0-based and inclusive */
export function columnRange(sheet: string, column: number, first: number, last: number): string {
	const name = columnName(column);
	return `${quoted(sheet)}!$${name}$${first + 1}:$${name}$${last + 1}`;
}

/** @returns a sheet's name as a formula writes it */
export function quoted(sheet: string): string {
	return `'${sheet.replaceAll("'", "''")}'`;
}
