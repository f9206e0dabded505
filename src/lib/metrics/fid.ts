/**
 * LEMUR's `fid`: the NEGATIVE Fréchet distance between features of real and generated images, so that
 * larger is better. The feature network is not here: features come in.
 */
import {
	dotProduct,
	singularValues,
	timesTransposed,
	triangular,
	type Matrix,
} from './linear-algebra';
import {
	checkValues,
	MetricError,
	shapeText,
	type Accumulator,
	type FeatureBatch,
	type MetricSpec,
	type Values,
} from './metric';

interface Cloud {
	readonly mean: Float64Array;
	/** rows whose square is the covariance: RᵀR = C */
	readonly root: Matrix;
}

/**
 * |m₁ − m₂|² + tr(C₁ + C₂ − 2 √(C₁C₂)) of the means and covariances (n − 1) of two clouds of rows.
 * With C = RᵀR the root's trace is the sum of the singular values of R₁R₂ᵀ.
 * @throws MetricError for fewer than two rows on a side, which have no covariance
 */
export function frechetDistance(real: Matrix, fake: Matrix): number {
	const [a, b] = [cloudOf(real, 'real'), cloudOf(fake, 'generated')];
	const shift = a.mean.reduce((sum, x, i) => sum + (x - b.mean[i]!) ** 2, 0);
	const trace = ({ root }: Cloud) => root.reduce((sum, row) => sum + dotProduct(row, row), 0);
	const cross = singularValues(timesTransposed(a.root, b.root));
	return shift + trace(a) + trace(b) - 2 * cross.reduce((sum, x) => sum + x, 0);
}

function cloudOf(rows: Matrix, which: string): Cloud {
	const first = rows[0];
	if (first === undefined || rows.length < 2)
		throw new MetricError(
			`fid needs the features of at least two ${which} images, and has ${rows.length}.`,
		);
	const mean = first.map((_, c) => rows.reduce((sum, row) => sum + row[c]!, 0) / rows.length);
	const scale = Math.sqrt(rows.length - 1);
	const centred = rows.map((row) => row.map((x, c) => (x - mean[c]!) / scale));
	return { mean, root: triangular(centred) };
}

/** All features of the test set. */
export class FidAccumulator implements Accumulator<FeatureBatch> {
	readonly #real: Float64Array[] = [];
	readonly #fake: Float64Array[] = [];

	update({ real, fake }: FeatureBatch): void {
		const width = this.#real[0]?.length ?? this.#fake[0]?.length ?? real.shape[1];
		const rows = [rowsOf(real, width), rowsOf(fake, width)] as const;
		this.#real.push(...rows[0]);
		this.#fake.push(...rows[1]);
	}

	/** −Infinity without any features. */
	value(): number {
		if (this.#real.length === 0 || this.#fake.length === 0) return -Infinity;
		return -frechetDistance(this.#real, this.#fake);
	}
}

function rowsOf(values: Values, width: number | undefined): Float64Array[] {
	checkValues(values, 'Features');
	const [count, features] = values.shape;
	if (count === undefined || features === undefined || features !== width)
		throw new MetricError(
			`fid: features have shape (images, ${width ?? 'features'}), not ${shapeText(values.shape)}.`,
		);
	return Array.from({ length: count }, (_, i) =>
		Float64Array.from({ length: features }, (_, c) => values.data[i * features + c]!),
	);
}

export const fid: MetricSpec<'fid'> = {
	id: 'fid',
	title: 'negative FID',
	about:
		'The Fréchet inception distance with its sign turned, so that 0 is best. It is never above 0, so LEMUR’s gate accepts it only with a negative minimum.',
	tasks: ['txt-image'],
	direction: 'maximize',
	range: [-Infinity, 0],
	gateMinimum: 0,
	released: true,
	create: () => new FidAccumulator(),
};
