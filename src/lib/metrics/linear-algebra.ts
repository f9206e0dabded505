/** The little linear algebra that metrics need, in double precision. Matrices are lists of rows. */

/** Rows of equal length. */
export type Matrix = readonly Float64Array[];

/** Rotations stop when columns are this near to a right angle. */
const PRECISION = 1e-15;
const MOST_SWEEPS = 60;

/**
 * The triangular factor of a QR decomposition by Householder reflections.
 * @returns R with RᵀR = AᵀA and as many rows as A has columns; A itself when it has fewer rows
 */
export function triangular(a: Matrix): Matrix {
	const columns = a[0]?.length ?? 0;
	if (a.length <= columns) return a;
	const rows = a.map((row) => row.slice());
	for (let k = 0; k < columns; k++) reflect(rows, k);
	return rows.slice(0, columns).map((row, i) => row.fill(0, 0, i));
}

/** Makes column k zero below the diagonal. */
function reflect(rows: Float64Array[], k: number): void {
	const v = rows.slice(k).map((row) => row[k]!);
	const norm = Math.hypot(...v);
	if (norm === 0) return;
	v[0]! += v[0]! < 0 ? -norm : norm;
	const square = v.reduce((sum, x) => sum + x * x, 0);
	const columns = rows[0]!.length;
	for (let c = k; c < columns; c++) {
		let dot = 0;
		for (let i = 0; i < v.length; i++) dot += v[i]! * rows[k + i]![c]!;
		const factor = (2 * dot) / square;
		for (let i = 0; i < v.length; i++) rows[k + i]![c]! -= factor * v[i]!;
	}
}

/** @returns A·Bᵀ of matrices with equally long rows */
export function timesTransposed(a: Matrix, b: Matrix): Float64Array[] {
	return a.map((row) => Float64Array.from(b, (other) => dotProduct(row, other)));
}

export function dotProduct(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

/**
 * Singular values, unsorted, by one-sided Jacobi rotations: accurate for small ones too, where the
 * eigenvalues of AᵀA would not be. Cubic in the number of rows.
 */
export function singularValues(a: Matrix): number[] {
	const rows = a.map((row) => row.slice());
	for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
		let turned = false;
		for (let p = 0; p < rows.length; p++)
			for (let q = p + 1; q < rows.length; q++) turned = rotate(rows[p]!, rows[q]!) || turned;
		if (!turned) break;
	}
	return rows.map((row) => Math.sqrt(dotProduct(row, row)));
}

/** Turns two rows to a right angle. @returns false when they stand so already */
function rotate(p: Float64Array, q: Float64Array): boolean {
	const pp = dotProduct(p, p);
	const qq = dotProduct(q, q);
	const pq = dotProduct(p, q);
	if (Math.abs(pq) <= PRECISION * Math.sqrt(pp * qq)) return false;
	const zeta = (qq - pp) / (2 * pq);
	const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
	const cosine = 1 / Math.hypot(1, tangent);
	const sine = cosine * tangent;
	for (let i = 0; i < p.length; i++) {
		const x = p[i]!;
		p[i] = cosine * x - sine * q[i]!;
		q[i] = sine * x + cosine * q[i]!;
	}
	return true;
}
