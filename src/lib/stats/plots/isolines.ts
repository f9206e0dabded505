/**
 * Lines of equal height over a grid of values (marching squares): between four neighbours, along
 * straight pieces. Where one of the four has no value there is no line.
 */

/** Values at the points of a grid, row after row; NaN = none. */
export interface Heights {
	readonly columns: number;
	readonly rows: number;
	readonly values: Float64Array;
}

/** Corners of a square, counter-clockwise from its lower left, and the sides between them. */
const CORNERS = [
	[0, 0],
	[1, 0],
	[1, 1],
	[0, 1],
] as const;

/**
 * @returns x and y in columns and rows from the first point, piece after piece, with a NaN after each
 */
export function isolines(heights: Heights, level: number): { x: number[]; y: number[] } {
	const x: number[] = [];
	const y: number[] = [];
	for (let row = 0; row + 1 < heights.rows; row++)
		for (let column = 0; column + 1 < heights.columns; column++)
			for (const [a, b] of piecesIn(heights, column, row, level)) {
				x.push(a[0], b[0], NaN);
				y.push(a[1], b[1], NaN);
			}
	return { x, y };
}

type Place = readonly [x: number, y: number];

function piecesIn(
	{ columns, values }: Heights,
	column: number,
	row: number,
	level: number,
): (readonly [Place, Place])[] {
	const corners = CORNERS.map(([dx, dy]) => ({
		x: column + dx,
		y: row + dy,
		height: values[(row + dy) * columns + column + dx]! - level,
	}));
	if (corners.some(({ height }) => Number.isNaN(height))) return [];
	const above = ({ height }: { height: number }) => height >= 0;
	const crossed = corners.flatMap((from, side): Place[] => {
		const to = corners[(side + 1) % 4]!;
		if (above(from) === above(to)) return [];
		const share = from.height / (from.height - to.height);
		return [[from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)]];
	});
	const [a, b, c, d] = crossed;
	if (!a || !b) return [];
	if (!c || !d) return [[a, b]];
	// A saddle: the lines go round the two corners that differ from the middle.
	const middle = corners.reduce((sum, { height }) => sum + height, 0) >= 0;
	return middle === above(corners[0]!)
		? [
				[a, b],
				[c, d],
			]
		: [
				[d, a],
				[b, c],
			];
}
