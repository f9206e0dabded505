/** Light, dark or the system's choice: a preference of this device that a link may override. */
import { link } from './link.svelte';

export type ThemeChoice = 'system' | 'light' | 'dark';
const KEY = 'lemur:theme';

class ThemeState {
	choice = $state<ThemeChoice>('system');

	/** what the page wears: `undefined` = the system decides */
	readonly applied: 'light' | 'dark' | undefined = $derived(
		link.view.theme ?? (this.choice === 'system' ? undefined : this.choice),
	);

	start(): void {
		const stored = readPreference();
		if (stored === 'light' || stored === 'dark') this.choice = stored;
	}

	choose(choice: ThemeChoice): void {
		this.choice = choice;
		if (link.view.theme) link.set({ theme: undefined }, 'replace');
		try {
			localStorage.setItem(KEY, choice);
		} catch {
			// A browser that forbids storage keeps the choice for this visit only.
		}
	}

	/** system → light → dark → system */
	next(): void {
		const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];
		this.choose(order[(order.indexOf(this.choice) + 1) % order.length] ?? 'system');
	}
}

function readPreference(): string | null {
	try {
		return localStorage.getItem(KEY);
	} catch {
		return null;
	}
}

export const theme = new ThemeState();
