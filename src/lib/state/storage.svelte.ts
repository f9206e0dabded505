/** What this device keeps: saved views and recent states, and whether it may keep anything. */
import { base } from '$app/paths';
import { Recents, type Recent } from '$lib/store/recents';
import { openStore } from '$lib/store/open-store';
import { SavedViews, type SavedView } from '$lib/store/views';
import { panelError, type PanelError } from './resource.svelte';
import { toasts } from './toast.svelte';

class StorageState {
	views = $state.raw<readonly SavedView[]>([]);
	recents = $state.raw<readonly Recent[]>([]);
	/** false: the browser forbids storage, what is saved lasts until the tab is closed */
	persistent = $state(true);
	reason = $state.raw<PanelError>();
	#saved: SavedViews | undefined;
	#recent: Recents | undefined;

	async start(): Promise<void> {
		const { store, persistent, reason } = await openStore({ base });
		this.persistent = persistent;
		this.reason = reason ? panelError(reason) : undefined;
		this.#saved = new SavedViews(store);
		this.#recent = new Recents(store);
		await this.#refresh();
	}

	async #refresh(): Promise<void> {
		try {
			if (this.#saved) this.views = (await this.#saved.list()).views;
			if (this.#recent) this.recents = (await this.#recent.list()).recents;
		} catch (thrown) {
			this.reason = panelError(thrown);
		}
	}

	/** Runs a change; a failure is said, never swallowed. */
	async #attempt(change: () => Promise<unknown>): Promise<void> {
		try {
			await change();
		} catch (thrown) {
			toasts.show(`Not saved: ${panelError(thrown).message}`);
		}
		await this.#refresh();
	}

	save(name: string, href: string): Promise<void> {
		return this.#attempt(async () => this.#saved?.save(name, href));
	}

	rename(id: string, name: string): Promise<void> {
		return this.#attempt(async () => this.#saved?.rename(id, name));
	}

	async remove(view: SavedView): Promise<void> {
		await this.#attempt(async () => this.#saved?.remove(view.id));
		toasts.show(`Deleted “${view.name}”.`, {
			label: 'Undo',
			run: () => void this.#attempt(async () => this.#saved?.undo(view.id)),
		});
	}

	note(href: string, title: string): Promise<void> {
		return this.#attempt(async () => this.#recent?.note(href, title));
	}

	async exportViews(): Promise<string> {
		return (await this.#saved?.exportJson()) ?? '';
	}

	async importViews(text: string): Promise<void> {
		await this.#attempt(async () => this.#saved?.importJson(text));
	}
}

export const storage = new StorageState();
