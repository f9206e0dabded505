/**
 * Sizes of the test sets: an accuracy of image classification is a whole number of these. A value
 * that is not stays a float, so a wrong size costs bytes, never a bit of the data.
 */
const TEST_IMAGES: Readonly<Record<string, number>> = {
	'celeba-gender': 19_962,
	'cifar-10': 10_000,
	'cifar-100': 10_000,
	imagenette: 3925,
	mnist: 10_000,
	places365: 36_500,
	svhn: 26_032,
};

/** Images in the test set that `accuracy` is a share of; null = not known, or another metric. */
export function denominatorOf(task: string, dataset: string, metric: string): number | null {
	if (task !== 'img-classification' || metric !== 'acc') return null;
	return TEST_IMAGES[dataset] ?? null;
}

/** The numerator that gives back `accuracy` bit by bit; null = there is none. */
export function numeratorOf(accuracy: number, denominator: number | null): number | null {
	if (denominator === null) return null;
	const numerator = Math.round(accuracy * denominator);
	return Object.is(numerator / denominator, accuracy) ? numerator : null;
}
