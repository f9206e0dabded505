/**
 * COCO's matching of the detections of one image and class with its truth: one to one, best score
 * first, at every IoU threshold. What is made of the matches is `coco-ap.ts`'s matter.
 */
import type { Box } from './metric';

/** 0.5, 0.55 … 0.95 as NumPy spaces them: the ninth is 0.8999999999999999. */
export const IOU_THRESHOLDS: readonly number[] = linspace(0.5, 0.95, 10);
/** A threshold of 1 would never be met. */
const LARGEST_THRESHOLD = 1 - 1e-10;
/** Detections of an image and class that count at most. */
export const MOST_DETECTIONS = 100;

/** @returns `count` numbers from `start` to `stop`, rounded as NumPy's */
export function linspace(start: number, stop: number, count: number): number[] {
	const step = (stop - start) / (count - 1);
	return Array.from({ length: count }, (_, i) => (i === count - 1 ? stop : i * step + start));
}

/** A box of truth. */
export interface CocoTruth {
	readonly box: Box;
	/** pixels; decides the size class, and need not be that of the box */
	readonly area: number;
	/** a region of many objects: detections on it count neither way */
	readonly crowd: boolean;
}

export interface CocoDetection {
	readonly box: Box;
	readonly score: number;
}

/** Least and largest area, both included. */
export type AreaRange = readonly [least: number, largest: number];

/** What became of the detections of one image and class. */
export interface Matches {
	/** best first */
	readonly scores: readonly number[];
	/** truth that counts */
	readonly truths: number;
	/** by threshold, then detection */
	readonly matched: readonly (readonly boolean[])[];
	/** by threshold, then detection: counts neither way */
	readonly ignored: readonly (readonly boolean[])[];
}

/** COCO's IoU in double precision: 0 for boxes without area; of the detection alone for a crowd. */
export function cocoIou(detection: Box, truth: Box, crowd = false): number {
	const width = Math.min(detection[2], truth[2]) - Math.max(detection[0], truth[0]);
	const height = Math.min(detection[3], truth[3]) - Math.max(detection[1], truth[1]);
	if (width <= 0 || height <= 0) return 0;
	const inter = width * height;
	const own = areaOf(detection);
	return inter / (crowd ? own : own + areaOf(truth) - inter);
}

/** @returns pixels */
export function areaOf([x1, y1, x2, y2]: Box): number {
	return (x2 - x1) * (y2 - y1);
}

/** Matches one image's detections with its truth of the same class. */
export function matchImage(
	detections: readonly CocoDetection[],
	truths: readonly CocoTruth[],
	range: AreaRange,
): Matches {
	const outside = (area: number) => area < range[0] || area > range[1];
	const isIgnored = ({ crowd, area }: CocoTruth) => crowd || outside(area);
	const ordered = [...truths].sort((a, b) => Number(isIgnored(a)) - Number(isIgnored(b)));
	const ignoredTruth = ordered.map(isIgnored);
	const best = [...detections].sort((a, b) => b.score - a.score).slice(0, MOST_DETECTIONS);
	const ious = best.map(({ box }) => ordered.map((t) => cocoIou(box, t.box, t.crowd)));
	const small = best.map(({ box }) => outside(areaOf(box)));
	const partners = IOU_THRESHOLDS.map((threshold) => {
		const taken = ordered.map(() => false);
		return ious.map((row) => takePartner(row, threshold, { ordered, ignoredTruth, taken }));
	});
	return {
		scores: best.map(({ score }) => score),
		truths: ignoredTruth.filter((ignored) => !ignored).length,
		matched: partners.map((row) => row.map((partner) => partner !== null)),
		ignored: partners.map((row) =>
			row.map((partner, d) => (partner === null ? small[d]! : ignoredTruth[partner]!)),
		),
	};
}

interface Candidates {
	readonly ordered: readonly CocoTruth[];
	readonly ignoredTruth: readonly boolean[];
	readonly taken: boolean[];
}

/** The free truth of the largest IoU, the later one of two; an ignored one only when no other fits. */
function takePartner(
	ious: readonly number[],
	threshold: number,
	{ ordered, ignoredTruth, taken }: Candidates,
): number | null {
	let partner: number | null = null;
	let best = Math.min(threshold, LARGEST_THRESHOLD);
	for (const [t, { crowd }] of ordered.entries()) {
		if (taken[t] && !crowd) continue;
		if (partner !== null && !ignoredTruth[partner] && ignoredTruth[t]) break;
		if (ious[t]! < best) continue;
		best = ious[t]!;
		partner = t;
	}
	if (partner !== null) taken[partner] = true;
	return partner;
}
