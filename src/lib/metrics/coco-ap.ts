/**
 * COCO's detection figures (COCOeval): AP over ten IoU thresholds and 101 recalls, AP50, AP75, by size,
 * and average recall. Shown beside LEMUR's `map`, which is another number.
 */
import {
	areaOf,
	IOU_THRESHOLDS,
	linspace,
	matchImage,
	MOST_DETECTIONS,
	type AreaRange,
	type CocoDetection,
	type CocoTruth,
	type Matches,
} from './coco-match';
import type { Detections, Truth } from './metric';

/** COCO's names, in its order. */
export const COCO_STATS = [
	...['AP', 'AP50', 'AP75', 'AP_small', 'AP_medium', 'AP_large'],
	...['AR1', 'AR10', 'AR100', 'AR_small', 'AR_medium', 'AR_large'],
] as const;

/** 0 to 1; −1 without any truth of the kind. */
export type CocoStats = Readonly<Record<string, number>>;

const RECALLS: readonly number[] = linspace(0, 1, 101);
const RANGES = {
	all: [0, 1e10],
	small: [0, 32 ** 2],
	medium: [32 ** 2, 96 ** 2],
	large: [96 ** 2, 1e10],
} as const satisfies Record<string, AreaRange>;
type Size = keyof typeof RANGES;
const NO_TRUTH = -1;

/** What COCO knows of one image's truth. */
export interface CocoImage extends Truth {
	/** default: no crowd */
	readonly crowds?: readonly boolean[];
	/** pixels; default: of the boxes */
	readonly areas?: readonly number[];
}

/** Curves of one class, size and limit of detections; null without truth. */
interface Curves {
	/** by IoU threshold, at each of 101 recalls */
	readonly precision: readonly (readonly number[])[];
	/** by IoU threshold: the largest */
	readonly recall: readonly number[];
}

/** Detections of whole images, as COCOeval sees them. */
export class CocoEvaluation {
	readonly #images: { found: Detections; truth: CocoImage }[] = [];
	readonly #matches = new Map<string, Matches[]>();

	add(found: Detections, truth: CocoImage): void {
		this.#images.push({ found, truth });
		this.#matches.clear();
	}

	/** Class numbers that occur, ascending. */
	classes(): number[] {
		const labels = this.#images.flatMap(({ found, truth }) => [...found.labels, ...truth.labels]);
		return [...new Set(labels)].sort((a, b) => a - b);
	}

	/** The twelve figures over all classes. */
	stats(): CocoStats {
		const classes = this.classes();
		return Object.fromEntries(COCO_STATS.map((name) => [name, this.#figure(name, classes)]));
	}

	/** AP, AP50, AP75 and AR100 of one class. */
	statsOf(label: number): CocoStats {
		const names = ['AP', 'AP50', 'AP75', 'AR100'];
		return Object.fromEntries(names.map((name) => [name, this.#figure(name, [label])]));
	}

	/** Precision at the 101 recalls; null without truth of the class. */
	precisionOf(label: number, threshold: number): readonly number[] | null {
		const at = IOU_THRESHOLDS.indexOf(threshold);
		return this.#curves(label, 'all', MOST_DETECTIONS)?.precision[at] ?? null;
	}

	#figure(name: string, classes: readonly number[]): number {
		const [, kind, rest = ''] = /^(AP|AR)_?(.*)$/.exec(name) ?? [];
		const size = rest in RANGES ? (rest as Size) : 'all';
		const number = Number(rest);
		const limit = kind === 'AR' && number > 0 ? number : MOST_DETECTIONS;
		const curves = classes
			.map((label) => this.#curves(label, size, limit))
			.filter((one) => one !== null);
		if (kind === 'AR') return mean(curves.flatMap(({ recall }) => recall));
		const chosen = IOU_THRESHOLDS.findIndex((t) => Math.round(t * 100) === number);
		return mean(
			curves.flatMap(({ precision }) => (chosen < 0 ? precision.flat() : precision[chosen]!)),
		);
	}

	#curves(label: number, size: Size, limit: number): Curves | null {
		const key = `${label} ${size}`;
		const matches = this.#matches.get(key) ?? this.#match(label, RANGES[size]);
		this.#matches.set(key, matches);
		return curvesOf(matches, limit);
	}

	#match(label: number, range: AreaRange): Matches[] {
		return this.#images.map(({ found, truth }) =>
			matchImage(detectionsOf(found, label), truthsOf(truth, label), range),
		);
	}
}

function detectionsOf({ boxes, labels, scores }: Detections, label: number): CocoDetection[] {
	return boxes.map((box, i) => ({ box, score: scores[i]! })).filter((_, i) => labels[i] === label);
}

function truthsOf({ boxes, labels, crowds, areas }: CocoImage, label: number): CocoTruth[] {
	return boxes
		.map((box, i) => ({ box, crowd: crowds?.[i] ?? false, area: areas?.[i] ?? areaOf(box) }))
		.filter((_, i) => labels[i] === label);
}

/** All images' detections in one ranking; equal scores in the order of the images. */
function curvesOf(images: readonly Matches[], limit: number): Curves | null {
	const truths = images.reduce((sum, image) => sum + image.truths, 0);
	if (truths === 0) return null;
	const ranking = images
		.flatMap((image) => image.scores.slice(0, limit).map((score, d) => ({ image, d, score })))
		.sort((a, b) => b.score - a.score);
	const byThreshold = IOU_THRESHOLDS.map((_, t) => {
		const counted = ranking.filter(({ image, d }) => !image.ignored[t]![d]);
		return curve(
			counted.map(({ image, d }) => image.matched[t]![d]!),
			truths,
		);
	});
	return {
		precision: byThreshold.map(({ precision }) => precision),
		recall: byThreshold.map(({ recall }) => recall),
	};
}

/** @param hits of the detections that count, best first */
function curve(
	hits: readonly boolean[],
	truths: number,
): { precision: readonly number[]; recall: number } {
	let found = 0;
	const points = hits.map((hit, i) => {
		if (hit) found++;
		return { recall: found / truths, precision: found / (i + 1 + Number.EPSILON) };
	});
	for (let i = points.length - 1; i > 0; i--)
		points[i - 1]!.precision = Math.max(points[i - 1]!.precision, points[i]!.precision);
	let at = 0;
	const precision = RECALLS.map((recall) => {
		while (at < points.length && points[at]!.recall < recall) at++;
		return points[at]?.precision ?? 0;
	});
	return { precision, recall: found / truths };
}

function mean(values: readonly number[]): number {
	if (values.length === 0) return NO_TRUTH;
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
