/** What the live charts draw: losses of the steps, accuracies of the epochs inside LEMUR's band. */
import { quantile } from '../../stats/quantile';
import type { TrainingReference } from '../../stats/training-reference';
import type { LossPoint } from '../../train/live';
import type { EpochRow } from '../../train/run-row';
import { count } from '../format';
import type { ChartGroup, ChartSeries } from '../chart/series';

/** Losses: of the steps with the lowest and highest of each point, and of the test set. */
export function lossGroup(losses: readonly LossPoint[], rows: readonly EpochRow[]): ChartGroup {
	const several = losses.some(({ low, high }) => low < high);
	const steps: ChartSeries = {
		...{ id: 'train', name: 'training steps', value: 'train', style: 0 },
		x: losses.map(({ x }) => x),
		y: losses.map(({ mean }) => mean),
		bands: several
			? [
					{
						title: 'lowest to highest of the steps of a point',
						low: losses.map(({ low }) => low),
						high: losses.map(({ high }) => high),
					},
				]
			: [],
	};
	const tested = rows.filter(({ testLoss }) => testLoss !== null);
	const test: ChartSeries = {
		...{ id: 'test', name: 'test set', value: 'test', style: 1 },
		x: tested.map(({ epoch }) => epoch),
		y: tested.map(({ testLoss }) => testLoss ?? NaN),
		bands: [],
	};
	const series = [steps, test].filter(({ x }) => x.length > 0);
	return { id: 'loss', title: 'Loss', metric: 'Cross-entropy', series };
}

/** Accuracy per epoch, with LEMUR's median and quartiles where it has records of this net. */
export function accuracyGroup(
	rows: readonly EpochRow[],
	reference: TrainingReference | undefined,
	epochs: number,
): ChartGroup {
	const own: ChartSeries = {
		...{ id: 'own', name: 'this trial', value: 'own', style: 1 },
		x: rows.map(({ epoch }) => epoch),
		y: rows.map(({ accuracy }) => accuracy),
		bands: [],
	};
	const lemur = reference && lemurSeries(reference, epochs);
	const series = [own, ...(lemur ? [lemur] : [])].filter(({ x }) => x.length > 0);
	return { id: 'accuracy', title: 'Accuracy on the test set', metric: 'Accuracy', series };
}

function lemurSeries(
	{ epochs, start, values }: TrainingReference,
	most: number,
): ChartSeries | undefined {
	const shown = Array.from(epochs, (epoch, i) => ({ epoch, from: start[i]!, to: start[i + 1]! }))
		// A longer past than the trial's future would press it into a corner.
		.filter(({ epoch }) => epoch >= 1 && epoch <= Math.max(most, 2));
	if (shown.length === 0) return undefined;
	const at = (p: number) => shown.map(({ from, to }) => quantile(values.subarray(from, to), p));
	return {
		...{ id: 'lemur', value: 'lemur', style: 0, dashed: true },
		name: `LEMUR, median of ${count(shown[0]!.to - shown[0]!.from)} records`,
		x: shown.map(({ epoch }) => epoch),
		y: at(0.5),
		bands: [
			{ title: '5 % to 95 %', low: at(0.05), high: at(0.95) },
			{ title: 'quartiles', low: at(0.25), high: at(0.75) },
		],
		n: shown.map(({ from, to }) => to - from),
	};
}
