/** The tab's icon while a trial runs: a ring that fills, so that progress shows from any other tab. */

const RADIUS = 13;
const ROUND = 2 * Math.PI * RADIUS;

/**
 * @param share of the trial, 0..1
 * @returns the address of an SVG picture; the same for the same whole percent
 */
export function progressIcon(share: number): string {
	const percent = Math.floor(100 * Math.min(1, Math.max(0, share)));
	const done = ((percent / 100) * ROUND).toFixed(1);
	const ring = `cx="16" cy="16" r="${RADIUS}" fill="none" stroke-width="6"`;
	const svg =
		'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
		`<circle ${ring} stroke="#8aa4bd"/>` +
		`<circle ${ring} stroke="#f2a900" stroke-dasharray="${done} ${ROUND.toFixed(1)}" transform="rotate(-90 16 16)"/>` +
		'</svg>';
	return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
