/** Registers the service worker and tells of a new build. When to ask is the page's matter. */
import { serviceWorkerUrl } from './trusted';

/** Settings of `registerServiceWorker`. */
export interface RegisterOptions {
	/** absolute URL of the site's root folder, with its last slash */
	readonly baseUrl: string;
	/**
	 * A new build is on this device and waits. `apply()` switches to it and reloads the page: call it
	 * when the visitor says so and nothing is running.
	 */
	readonly onUpdate: (apply: () => void) => void;
	readonly container?: ServiceWorkerContainer | undefined;
	readonly reload?: () => void;
	readonly wait?: (call: () => void, ms: number) => void;
}

/** ms that the old version may keep the new one waiting: it does while one of its answers still runs */
const PATIENCE = 5_000;

/**
 * @returns true when the site works offline from now on; false where the browser has or allows no
 * service workers: the site then works as before, with a network
 */
export async function registerServiceWorker(options: RegisterOptions): Promise<boolean> {
	const container = 'container' in options ? options.container : navigator.serviceWorker;
	if (!container) return false;
	const reload = options.reload ?? (() => location.reload());
	try {
		const base = new URL(options.baseUrl);
		const url = serviceWorkerUrl(new URL('service-worker.js', base).href, base.origin);
		const registration = await container.register(url, { scope: base.pathname });
		watch(registration, container, {
			onUpdate: options.onUpdate,
			reload,
			wait: options.wait ?? setTimeout,
		});
		return true;
	} catch {
		return false;
	}
}

function watch(
	registration: ServiceWorkerRegistration,
	container: ServiceWorkerContainer,
	{ onUpdate, reload, wait }: Required<Pick<RegisterOptions, 'onUpdate' | 'reload' | 'wait'>>,
): void {
	function offer(worker: ServiceWorker): void {
		onUpdate(() => {
			let leaving = false;
			const leave = () => {
				if (!leaving) reload();
				leaving = true;
			};
			container.addEventListener('controllerchange', leave, { once: true });
			wait(leave, PATIENCE);
			worker.postMessage({ type: 'update' });
		});
	}
	// Without a controller it is the first visit: there is nothing to be updated.
	if (registration.waiting && container.controller) offer(registration.waiting);
	registration.addEventListener('updatefound', () => {
		const worker = registration.installing;
		worker?.addEventListener('statechange', () => {
			if (worker.state === 'installed' && container.controller) offer(worker);
		});
	});
}
