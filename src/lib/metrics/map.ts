/**
 * LEMUR's `map`: average precision at IoU 0.5 by 11 recall points, mean over the classes that have
 * truth. Detections are not matched one to one: every box on an object is a true positive, so recall
 * can pass 1. It is not COCO's mAP. All arithmetic is single precision.
 */
import { boxIou } from './box-iou';
import type { Accumulator, Box, DetectionBatch, Detections, MetricSpec, Truth } from './metric';

const f = Math.fround;

/** LEMUR looks at class numbers 0 to 90. */
const LAST_CLASS = 90;
const MATCH = 0.5;
/** 0, 0.1 … 1 in single precision. */
export const RECALL_POINTS: readonly number[] = Array.from({ length: 11 }, (_, i) => f(i / 10));

/** What is known of one class. */
export interface ClassPrecision {
	/** boxes of truth */
	readonly truths: number;
	readonly detections: number;
	/** average precision; 1.0000001 for a perfect one, as sums of 1/11 have it */
	readonly ap: number;
}

interface Scored {
	readonly score: number;
	readonly hit: boolean;
}

/** All detections of the test set, by class. */
export class MapAccumulator implements Accumulator<DetectionBatch> {
	readonly #truths = new Map<number, number>();
	readonly #detections = new Map<number, Scored[]>();

	update({ predictions, targets }: DetectionBatch): void {
		for (let i = 0; i < Math.min(predictions.length, targets.length); i++)
			this.#image(predictions[i]!, targets[i]!);
	}

	value(): number {
		const classes = [...this.perClass().values()];
		if (classes.length === 0) return 0;
		return f(classes.reduce((sum, { ap }) => f(sum + ap), 0) / classes.length);
	}

	/** By class number, ascending: the classes that have truth. */
	perClass(): Map<number, ClassPrecision> {
		const result = new Map<number, ClassPrecision>();
		for (const [label, truths] of [...this.#truths].sort(([a], [b]) => a - b)) {
			const scored = this.#detections.get(label) ?? [];
			const ap = averagePrecision(scored, truths);
			result.set(label, { truths, detections: scored.length, ap });
		}
		return result;
	}

	#image(found: Detections, truth: Truth): void {
		for (const label of truth.labels)
			if (isCounted(label)) this.#truths.set(label, (this.#truths.get(label) ?? 0) + 1);
		for (const [i, label] of found.labels.entries()) {
			if (!isCounted(label)) continue;
			const list = this.#detections.get(label) ?? [];
			const hit = isHit(found.boxes[i]!, label, truth);
			list.push({ score: f(found.scores[i]!), hit });
			this.#detections.set(label, list);
		}
	}
}

function isCounted(label: number): boolean {
	return Number.isInteger(label) && label >= 0 && label <= LAST_CLASS;
}

/** A NaN among the IoUs is their largest, as PyTorch has it, and no match. */
function isHit(box: Box, label: number, truth: Truth): boolean {
	const ious = truth.boxes
		.filter((_, i) => truth.labels[i] === label)
		.map((one) => boxIou(box, one));
	return Math.max(...ious) >= MATCH;
}

/** Highest score first, NaN before all; equal ones in the order they came. */
function byScore(a: Scored, b: Scored): number {
	if (Number.isNaN(a.score) || Number.isNaN(b.score))
		return Number(Number.isNaN(b.score)) - Number(Number.isNaN(a.score));
	return b.score - a.score;
}

function averagePrecision(detections: readonly Scored[], truths: number): number {
	const sorted = [...detections].sort(byScore);
	const recall = new Float32Array(sorted.length);
	const precision = new Float32Array(sorted.length);
	let hits = 0;
	for (const [i, { hit }] of sorted.entries()) {
		if (hit) hits++;
		recall[i] = hits / truths;
		precision[i] = hits / (i + 1);
	}
	let ap = 0;
	for (const point of RECALL_POINTS) {
		let best = 0;
		for (let i = 0; i < sorted.length; i++)
			if (recall[i]! >= point && precision[i]! > best) best = precision[i]!;
		ap = f(ap + f(best / RECALL_POINTS.length));
	}
	return ap;
}

export const map: MetricSpec<'map'> = {
	id: 'map',
	title: 'mAP@0.5 (LEMUR)',
	about:
		'Mean average precision at IoU 0.5 with 11 recall points, where several boxes on one object all count as right. Higher than COCO’s AP and not comparable with it.',
	tasks: ['obj-detection'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: true,
	create: () => new MapAccumulator(),
};
