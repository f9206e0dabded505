/** Intersection over union of corner boxes in single precision, without any guard, as torchvision's. */
import type { Box } from './metric';

const f = Math.fround;

/** @returns the area of a box; negative when just one side is */
function area([x1, y1, x2, y2]: Box): number {
	return f(f(f(x2) - f(x1)) * f(f(y2) - f(y1)));
}

/** @returns 0 to 1; NaN for two boxes without area */
export function boxIou(a: Box, b: Box): number {
	const width = Math.max(0, f(Math.min(f(a[2]), f(b[2])) - Math.max(f(a[0]), f(b[0]))));
	const height = Math.max(0, f(Math.min(f(a[3]), f(b[3])) - Math.max(f(a[1]), f(b[1]))));
	const inter = f(width * height);
	return f(inter / f(f(area(a) + area(b)) - inter));
}
