/**
 * Names from data and links as they may be shown: no invisible or direction-changing characters.
 * The name itself is never changed: filters and identities compare what the data holds.
 */

/** Most characters (code points) of a name that are shown at once. */
export const MAX_SHOWN = 200;

// Controls, soft hyphen, combining grapheme joiner, zero-width and bidi marks, tag characters.
const HIDDEN =
	/[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\u034f|[\u{e0000}-\u{e007f}]/gu;

/**
 * @returns the name in Unicode's composed form (NFC) without control, bidi and zero-width
 * characters, cut to MAX_SHOWN code points with `…`; show the full name on demand
 */
export function displayName(name: string): string {
	// A name of megabytes must not cost a normalisation of megabytes.
	const start = name.slice(0, MAX_SHOWN * 16);
	const shown = [...start.normalize('NFC').replace(HIDDEN, '')];
	const whole = shown.length <= MAX_SHOWN && start.length === name.length;
	return whole ? shown.join('') : `${shown.slice(0, MAX_SHOWN - 1).join('')}…`;
}
