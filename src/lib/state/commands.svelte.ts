/**
 * The registry of actions: the palette lists them, the shortcut sheet prints them, the key handler
 * runs them. One entry serves all three.
 */
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { link } from './link.svelte';
import { withState, type StatePage } from './routes';
import { theme } from './theme.svelte';
import { copyText } from './copy';

export interface Command {
	readonly id: string;
	readonly title: string;
	/** as `KeyboardEvent.key`, with `Mod+` for Ctrl or Cmd; single keys are off inside inputs */
	readonly key?: string;
	readonly run: () => void;
}

/** Opens a page and takes the state along. */
export function open(page: '/' | StatePage): void {
	void goto(page === '/' ? resolve('/') : resolve(withState(page, link.fragment())));
}

class CommandState {
	palette = $state(false);
	shortcuts = $state(false);
	/** single-key shortcuts can be switched off (WCAG 2.1.4) */
	singleKeys = $state(true);

	readonly list: readonly Command[] = [
		{ id: 'palette', title: 'Search or jump to…', key: 'Mod+k', run: () => (this.palette = true) },
		{ id: 'search', title: 'Search', key: '/', run: () => (this.palette = true) },
		{
			id: 'shortcuts',
			title: 'Show keyboard shortcuts',
			key: '?',
			run: () => (this.shortcuts = true),
		},
		{ id: 'home', title: 'Go to the leaderboards', key: '1', run: () => open('/') },
		{ id: 'explore', title: 'Go to all training records', key: '2', run: () => open('/explore') },
		{ id: 'nets', title: 'Go to the nets', key: '3', run: () => open('/nets') },
		{
			id: 'compare',
			title: 'Go to the comparison of pinned runs',
			key: '4',
			run: () => open('/compare'),
		},
		{ id: 'sql', title: 'Go to SQL', key: '5', run: () => open('/sql') },
		{ id: 'plots', title: 'Go to the plots', key: '6', run: () => open('/plots') },
		{ id: 'reports', title: 'Go to the Excel reports', key: '7', run: () => open('/reports') },
		{ id: 'train', title: 'Go to the training of nets', key: '8', run: () => open('/train') },
		{ id: 'studies', title: 'Go to the studies', key: '9', run: () => open('/studies') },
		{ id: 'datasets', title: 'Go to the datasets of this device', run: () => open('/datasets') },
		{ id: 'bench', title: 'Go to the training benchmark', run: () => open('/bench') },
		{ id: 'settings', title: 'Go to settings', run: () => open('/settings') },
		{ id: 'docs', title: 'Go to the documentation', run: () => open('/docs') },
		{ id: 'undo', title: 'Undo the last change of the view', key: 'Mod+z', run: () => link.undo() },
		{ id: 'redo', title: 'Redo', key: 'Mod+y', run: () => link.redo() },
		{ id: 'redo-shift', title: 'Redo', key: 'Mod+Shift+z', run: () => link.redo() },
		{ id: 'theme', title: 'Change the theme: system, light, dark', run: () => theme.next() },
		{
			id: 'copy-link',
			title: 'Copy a link to this view',
			run: () => void copyText(link.share().href, 'Link copied'),
		},
	];

	/** Runs the command of a key press, if there is one. */
	handle(event: KeyboardEvent): void {
		const target = event.target;
		const typing =
			target instanceof HTMLElement &&
			(target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
			// Nothing is typed into a tick box: Undo works right after it was ticked.
			!target.matches('[type=checkbox], [type=radio]');
		const name = keyName(event);
		const modified = name.startsWith('Mod+');
		if (!modified && (typing || !this.singleKeys || event.altKey)) return;
		if (typing && name !== 'Mod+k') return;
		if (event.defaultPrevented || (this.#dialogOpen() && !modified)) return;
		const command = this.list.find((one) => one.key === name);
		if (!command) return;
		event.preventDefault();
		command.run();
	}

	#dialogOpen(): boolean {
		return document.querySelector('dialog[open]') !== null;
	}
}

function keyName(event: KeyboardEvent): string {
	if (!event.ctrlKey && !event.metaKey) return event.key;
	return `Mod+${event.shiftKey ? 'Shift+' : ''}${event.key.toLowerCase()}`;
}

export const commands = new CommandState();
