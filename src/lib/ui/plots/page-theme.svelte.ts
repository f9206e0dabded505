/** The theme that the page wears, for what CSS cannot colour: charts and pictures. */
import { MediaQuery } from 'svelte/reactivity';
import { theme } from '$lib/state/theme.svelte';

const dark = new MediaQuery('(prefers-color-scheme: dark)', false);

/** Reactive. */
export function pageTheme(): 'light' | 'dark' {
	return theme.applied ?? (dark.current ? 'dark' : 'light');
}
