/**
 * A link pins the data it was made on. This says what differs from the data at hand; it changes
 * nothing: the page shows it and lets the visitor choose.
 */
import type { SnapshotRef } from './view';

/** What this module reads of an entry of `stat-db/manifest.json`. */
export interface KnownSnapshot {
	readonly version: string;
	readonly counts: { readonly trials: number };
	/** sha256 of the inflated database, hex */
	readonly database: { readonly sha256: string };
}

export interface KnownManifest {
	readonly default: string;
	readonly snapshots: readonly KnownSnapshot[];
}

/** The data of a link is not the data shown. */
export interface DataDifference {
	readonly code: 'LINK_DATA';
	/** `version`: the pinned snapshot is not here; `hash`: same version, other content; `open`: here, but another one is open */
	readonly kind: 'version' | 'hash' | 'open';
	readonly made: { readonly version: string; readonly hash?: string; readonly trials?: number };
	readonly now: { readonly version: string; readonly hash: string; readonly trials: number };
	/** the pinned data can be opened, so "show as made" is possible */
	readonly available: boolean;
	readonly message: string;
}

/**
 * @param made what the link pins; version '' pins nothing
 * @param manifest the snapshots of this site
 * @param open version that is shown; by default what the link asks for if it is here, else the site's default
 * @returns undefined when the link shows exactly the data it was made on (or pins none)
 */
export function differences(
	made: SnapshotRef,
	manifest: KnownManifest,
	open?: string,
): DataDifference | undefined {
	if (made.version === '') return undefined;
	const find = (version: string) => manifest.snapshots.find((one) => one.version === version);
	const pinned = find(made.version);
	const shown = find(open ?? made.version) ?? find(manifest.default);
	if (!shown) return undefined;
	const exact = pinned !== undefined && (made.hash === undefined || hashOf(pinned) === made.hash);
	if (exact && pinned === shown) return undefined;
	const kind = pinned === undefined ? 'version' : exact ? 'open' : 'hash';
	const then = exact ? pinned.counts.trials : undefined;
	const now = { version: shown.version, hash: hashOf(shown), trials: shown.counts.trials };
	return {
		code: 'LINK_DATA',
		kind,
		made: { ...made, ...(then === undefined ? {} : { trials: then }) },
		now,
		available: exact,
		message: sentence(kind, made.version, then, now),
	};
}

/** First 12 hex digits: what `snap` prints after the version. */
export function hashOf(snapshot: KnownSnapshot): string {
	return snapshot.database.sha256.slice(0, 12);
}

function sentence(
	kind: DataDifference['kind'],
	version: string,
	then: number | undefined,
	now: DataDifference['now'],
): string {
	const count = (trials: number) => `${trials.toLocaleString('en-US')} trials`;
	const nowText = `snapshot ${now.version} (${count(now.trials)})`;
	if (kind === 'hash') {
		return `The link was made on another build of snapshot ${version}; shown is ${nowText}. Numbers may differ.`;
	}
	const thenText = then === undefined ? '' : ` (${count(then)})`;
	const absent = kind === 'version' ? ', which this site does not have' : '';
	return `The link was made on snapshot ${version}${thenText}${absent}; shown is ${nowText}.`;
}
