/** The single key that goes to the filters. */
import { commands } from '$lib/state/commands.svelte';

/** @returns whether this press is `f` outside of text, dialogs and without modifiers */
export function isFilterKey(event: KeyboardEvent): boolean {
	if (event.key !== 'f' || event.ctrlKey || event.metaKey || event.altKey) return false;
	if (event.defaultPrevented || !commands.singleKeys || document.querySelector('dialog[open]'))
		return false;
	const { target } = event;
	const typing =
		target instanceof HTMLElement &&
		(target.isContentEditable || target.matches('select, textarea, input:not([type=checkbox])'));
	if (!typing) event.preventDefault();
	return !typing;
}
