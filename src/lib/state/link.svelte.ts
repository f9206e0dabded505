/**
 * The one owner of the address bar. Pages read `link.view` and call `link.set`; nothing else reads
 * or writes the fragment.
 */
import { pushState, replaceState } from '$app/navigation';
import { MAX_LINK, printLink, readFragment } from '$lib/url/codec';
import type { Pair } from '$lib/url/migrate';
import { DEFAULT_VIEW, type Problem, type SnapshotRef, type ViewState } from '$lib/url/view';
import type { Filter } from '$lib/stats/filter';
import { data } from './data.svelte';

/**
 * How a change enters the history: `push` a committed choice, `replace` a step of a drag,
 * `typing` one entry when typing pauses (600 ms).
 */
export type Commit = 'push' | 'replace' | 'typing';

/** A change of the state. */
export type ViewPatch = { [K in keyof ViewState]?: ViewState[K] | undefined };

const UNDO_DEPTH = 100;
const TYPING_PAUSE_MS = 600;

class LinkState {
	view = $state.raw<ViewState>(DEFAULT_VIEW);
	problems = $state.raw<readonly Problem[]>([]);
	/** what the opened link pins; kept to say what differs */
	made = $state.raw<SnapshotRef>({ version: '' });
	/** how many steps can be undone and redone */
	undoable = $state(0);
	redoable = $state(0);
	/** false until the fragment was read: nothing is asked of the data before */
	started = $state(false);
	#unknown: readonly Pair[] = [];
	#undo: ViewState[] = [];
	#redo: ViewState[] = [];
	#typing: ReturnType<typeof setTimeout> | undefined;

	/** Reads the address bar and follows Back and Forward. Call once, after the page is hydrated. */
	start(): () => void {
		this.#read();
		this.started = true;
		const read = () => this.#read();
		addEventListener('popstate', read);
		addEventListener('hashchange', read);
		return () => {
			removeEventListener('popstate', read);
			removeEventListener('hashchange', read);
		};
	}

	/** Reads the address again after a navigation within the site. */
	refresh(): void {
		this.#read();
	}

	#read(): void {
		if (location.hash === this.fragment()) return;
		if (location.hash === '') {
			this.view = DEFAULT_VIEW;
			this.problems = [];
			return;
		}
		const { view, problems, unknown } = readFragment(location.hash);
		this.view = view;
		this.problems = problems;
		this.made = view.snapshot;
		this.#unknown = unknown;
	}

	/** The state with part of it changed. `undefined` removes an optional key. */
	patched(patch: ViewPatch): ViewState {
		const next = Object.fromEntries(
			Object.entries({ ...this.view, ...patch }).filter(([, value]) => value !== undefined),
		);
		return { ...DEFAULT_VIEW, ...next };
	}

	/** Changes part of the state and the address with it. */
	set(patch: ViewPatch, commit: Commit = 'push'): void {
		this.#change(this.patched(patch), commit, this.view);
	}

	setFilter(filter: Filter, commit: Commit = 'push'): void {
		this.set({ filter, viewport: undefined, plotWindow: undefined }, commit);
	}

	#change(next: ViewState, commit: Commit, before: ViewState): void {
		this.view = next;
		const continued = this.#typing !== undefined;
		clearTimeout(this.#typing);
		this.#typing = undefined;
		if (commit === 'typing') {
			if (!continued) this.#remember(before);
			this.#write(continued ? 'replace' : 'push');
			this.#typing = setTimeout(() => (this.#typing = undefined), TYPING_PAUSE_MS);
			return;
		}
		if (commit === 'push') this.#remember(before);
		this.#write(commit);
	}

	#remember(before: ViewState): void {
		this.#undo = [...this.#undo.slice(1 - UNDO_DEPTH), before];
		this.#redo = [];
		this.#count();
	}

	#count(): void {
		this.undoable = this.#undo.length;
		this.redoable = this.#redo.length;
	}

	undo(): void {
		const previous = this.#undo.at(-1);
		if (!previous) return;
		this.#undo = this.#undo.slice(0, -1);
		this.#redo = [...this.#redo, this.view];
		this.view = previous;
		this.#count();
		this.#write('push');
	}

	redo(): void {
		const next = this.#redo.at(-1);
		if (!next) return;
		this.#redo = this.#redo.slice(0, -1);
		this.#undo = [...this.#undo, this.view];
		this.view = next;
		this.#count();
		this.#write('push');
	}

	/** The address of a state: '' for the default, so that a plain address stays plain. */
	fragment(view: ViewState = this.view): string {
		const bare = printLink({ ...view, snapshot: DEFAULT_VIEW.snapshot }, this.#unknown).fragment;
		const plain = printLink(DEFAULT_VIEW).fragment;
		if (bare === plain && view.snapshot.version === '') return '';
		return printLink({ ...view, snapshot: this.#pin(view) }, this.#unknown).fragment;
	}

	/** A link is always pinned to the data it was made on. */
	#pin(view: ViewState): SnapshotRef {
		if (view.snapshot.hash) return view.snapshot;
		const shown = data.snapshot;
		if (!shown || (view.snapshot.version && view.snapshot.version !== shown.version))
			return view.snapshot;
		return { version: shown.version, hash: shown.database.sha256.slice(0, 12) };
	}

	/** @returns the whole address of a state, and whether it is too long to be sent as a link */
	share(view: ViewState = this.view): { href: string; tooLong: boolean } {
		const { fragment } = printLink({ ...view, snapshot: this.#pin(view) }, this.#unknown);
		const href = new URL(fragment, location.href).href;
		return { href, tooLong: fragment.length > MAX_LINK };
	}

	#write(commit: 'push' | 'replace'): void {
		const url = this.fragment() || location.pathname;
		if (commit === 'push') pushState(url, {});
		else replaceState(url, {});
	}
}

export const link = new LinkState();
