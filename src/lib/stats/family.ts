/**
 * The family of a net: its name without what only tells generated siblings apart.
 * A grouping for people to browse 7,811 nets by; it says nothing about shared code.
 */

const HASH = '[0-9a-f]{32}';
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SIBLING = new RegExp(`(?:-(?:${HASH}|${UUID}|[0-9]+))+$`);

/**
 * Drops trailing `-<md5>`, `-<uuid>` and `-<number>`: `ga-mut-12` → `ga-mut`,
 * `ast-dimension-AlexNet-<md5>` → `ast-dimension-AlexNet`, `AlexNet-<uuid>` → `AlexNet`.
 * @param nn a net's name
 * @returns its family, never empty; most hand-written nets are their own family
 */
export function familyOf(nn: string): string {
	const family = nn.replace(SIBLING, '');
	return family === '' ? nn : family;
}
