/**
 * The service worker: the site without a network after the first visit. What it does is in
 * `lib/worker/offline.ts`; here are only the browser's events. A new one waits until every page of the
 * old build is closed, or until a page sends `{type: 'update'}`.
 */
import { base, build, files, prerendered, version } from '$service-worker';
import { createOffline } from './lib/worker/offline';

/** The events of a service worker, as far as they are used; the DOM library has no types for them. */
interface LifeEvent extends Event {
	waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends LifeEvent {
	readonly request: Request;
	respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope extends EventTarget {
	skipWaiting(): Promise<void>;
	readonly clients: { claim(): Promise<void> };
}

const isLife = (event: Event): event is LifeEvent => 'waitUntil' in event;
const isFetch = (event: Event): event is FetchEvent => isLife(event) && 'respondWith' in event;
const isScope = (scope: object): scope is ServiceWorkerScope => 'skipWaiting' in scope;

const scope: object = globalThis;
const offline = createOffline(
	{ base, version, files: [...build, ...files], pages: prerendered },
	{
		origin: location.origin,
		caches,
		fetch: (request, init) => fetch(request, init),
	},
);

if (isScope(scope)) listen(scope);

function listen(worker: ServiceWorkerScope): void {
	worker.addEventListener('install', (event) => {
		if (isLife(event)) event.waitUntil(offline.install());
	});
	worker.addEventListener('activate', (event) => {
		if (isLife(event)) event.waitUntil(offline.activate().then(() => worker.clients.claim()));
	});
	worker.addEventListener('fetch', (event) => {
		const response = isFetch(event) && offline.respond(event.request);
		if (isFetch(event) && response) event.respondWith(response);
	});
	worker.addEventListener('message', (event) => {
		// Not a MessageEvent: in a service worker it is an event of its own kind.
		const data: unknown = 'data' in event ? event.data : undefined;
		const asks = typeof data === 'object' && data !== null && 'type' in data;
		if (asks && data.type === 'update') void worker.skipWaiting();
	});
}
