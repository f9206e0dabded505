/** Makes an address of the site absolute, for workers, which have no page to be relative to. */

/** @param base what a relative address is relative to; by default this page */
export function absolute(address: string, base: string = location.href): string {
	return new URL(address, base).href;
}
