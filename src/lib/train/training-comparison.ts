/** Trainings of several seeds against trainings of other seeds: only their means can be compared. */
import type { TrainingFigures } from './training-figures';

/** One mean over seeds beside another. */
export interface ComparedMean {
	readonly what: string;
	readonly mean: number;
	readonly expected: number;
	/** standard errors of their difference that they are apart */
	readonly errors: number;
}

/** Standard errors that are allowed. */
const ALLOWED = 2;

/** @returns the loss of every epoch, and the accuracy after the last one */
export function compareTraining(
	found: readonly TrainingFigures[],
	known: readonly TrainingFigures[],
): ComparedMean[] {
	const epochs = known[0]?.loss.length ?? 0;
	const losses = Array.from({ length: epochs }, (_, at) =>
		compare(`loss of epoch ${at + 1}`, column(found, 'loss', at), column(known, 'loss', at)),
	);
	const last = epochs - 1;
	const what = `accuracy after epoch ${epochs}`;
	return [
		...losses,
		compare(what, column(found, 'accuracy', last), column(known, 'accuracy', last)),
	];
}

export function fits(all: readonly ComparedMean[]): boolean {
	return all.length > 0 && all.every(({ errors }) => errors <= ALLOWED);
}

function column(
	figures: readonly TrainingFigures[],
	of: keyof TrainingFigures,
	at: number,
): number[] {
	return figures.map((one) => one[of][at] ?? NaN);
}

/** Both are taken to be the same training, so the spread is pooled: that of two or three seeds says little. */
function compare(what: string, found: readonly number[], known: readonly number[]): ComparedMean {
	const [a, b] = [momentsOf(found), momentsOf(known)];
	const spread = (a.squares + b.squares) / (found.length + known.length - 2);
	const error = Math.sqrt(spread * (1 / found.length + 1 / known.length));
	return { what, mean: a.mean, expected: b.mean, errors: Math.abs(a.mean - b.mean) / error };
}

/** @returns the mean, and the sum of the squares of what is off it */
function momentsOf(values: readonly number[]): { readonly mean: number; readonly squares: number } {
	const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
	return { mean, squares: values.reduce((sum, one) => sum + (one - mean) ** 2, 0) };
}
