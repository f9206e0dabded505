/** Short messages with an optional way back; shown by `ui/Toasts.svelte`. */

export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly action?: { readonly label: string; readonly run: () => void };
}

const SECONDS = 10;

class ToastState {
	list = $state.raw<readonly Toast[]>([]);
	#next = 1;

	/** Shows `text` for 10 s, longer than a glance and long enough to undo. At most three are kept. */
	show(text: string, action?: Toast['action']): void {
		const toast: Toast = { id: this.#next++, text, ...(action ? { action } : {}) };
		this.list = [...this.list.slice(-2), toast];
		setTimeout(() => this.dismiss(toast.id), SECONDS * 1000);
	}

	dismiss(id: number): void {
		this.list = this.list.filter((toast) => toast.id !== id);
	}
}

export const toasts = new ToastState();
