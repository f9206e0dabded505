import { describe, expect, test } from 'vitest';
import { registerServiceWorker } from './register';

class Registered extends EventTarget {
	waiting: ServiceWorker | null = null;
	installing: ServiceWorker | null = null;
}

class Worker extends EventTarget {
	state = 'installing';
	readonly messages: unknown[] = [];
	postMessage(message: unknown): void {
		this.messages.push(message);
	}
}

function setUp(controller: boolean, waiting?: Worker) {
	const registration = new Registered();
	if (waiting) registration.waiting = waiting as unknown as ServiceWorker;
	const calls: [string, unknown][] = [];
	const container = Object.assign(new EventTarget(), {
		controller: controller ? {} : null,
		register: async (url: string, options: unknown) => {
			calls.push([url, options]);
			return registration;
		},
	}) as unknown as ServiceWorkerContainer;
	const offers: (() => void)[] = [];
	let reloads = 0;
	const waits: [() => void, number][] = [];
	const registering = registerServiceWorker({
		baseUrl: 'https://lemur.example/sub/',
		onUpdate: (apply) => offers.push(apply),
		container,
		reload: () => reloads++,
		wait: (call, ms) => waits.push([call, ms]),
	});
	return { registration, calls, container, offers, registering, waits, reloads: () => reloads };
}

describe('registerServiceWorker()', () => {
	test('registers the script of this site for this site', async () => {
		const { calls, registering } = setUp(false);
		expect(await registering).toBe(true);
		const url = 'https://lemur.example/sub/service-worker.js';
		expect(calls).toEqual([[url, { scope: '/sub/' }]]);
	});

	test('offers an update that waits, and applies it only when told', async () => {
		const worker = new Worker();
		const { container, offers, registering, reloads } = setUp(true, worker);
		await registering;
		expect([offers.length, worker.messages.length]).toEqual([1, 0]);
		offers[0]?.();
		expect([worker.messages, reloads()]).toEqual([[{ type: 'update' }], 0]);
		container.dispatchEvent(new Event('controllerchange'));
		expect(reloads()).toBe(1);
	});

	test('an old version that does not let go is left anyway, once', async () => {
		const { container, offers, registering, waits, reloads } = setUp(true, new Worker());
		await registering;
		offers[0]?.();
		expect([waits.length, reloads()]).toEqual([1, 0]);
		waits[0]?.[0]();
		container.dispatchEvent(new Event('controllerchange'));
		expect(reloads()).toBe(1);
	});

	test.each([
		[true, 1],
		[false, 0],
	])('an update found later, page controlled: %s', async (controlled, offered) => {
		const { registration, offers, registering } = setUp(controlled);
		await registering;
		const worker = new Worker();
		registration.installing = worker as unknown as ServiceWorker;
		registration.dispatchEvent(new Event('updatefound'));
		worker.state = 'installed';
		worker.dispatchEvent(new Event('statechange'));
		expect(offers.length).toBe(offered);
	});

	test('a browser that has none or forbids them is no failure', async () => {
		const options = { baseUrl: 'https://lemur.example/', onUpdate: () => undefined };
		expect(await registerServiceWorker({ ...options, container: undefined })).toBe(false);
		const container = Object.assign(new EventTarget(), {
			register: () => Promise.reject(new DOMException('no', 'SecurityError')),
		}) as unknown as ServiceWorkerContainer;
		expect(await registerServiceWorker({ ...options, container })).toBe(false);
	});
});
