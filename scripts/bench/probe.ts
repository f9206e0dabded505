/**
 * What is measured inside the page. `installProbe` is sent to the browser as text before any script of
 * the site, so it uses nothing from outside itself. It watches: the site has no hooks for it.
 * Times are ms since the navigation began.
 */

/** A request to a worker and its answer. */
export interface Exchange {
	readonly kind: string;
	readonly sent: number;
	/** NaN while there is none */
	readonly answered: number;
}

export interface LongTask {
	readonly start: number;
	readonly duration: number;
}

/** How long a change took, ms. */
export interface ChangeTime {
	readonly start: number;
	/** until the answers stood in the document */
	readonly shown: number;
	/** until the frame with them was painted */
	readonly painted: number;
}

/** What a change waits for. */
export type Awaited = 'table' | 'table and facets';

export interface Probe {
	readonly exchanges: Exchange[];
	readonly longTasks: LongTask[];
	/** first leaderboard row painted; NaN before */
	boards: number;
	/** the header says that the data is ready; NaN before */
	ready: number;
	/** requests that no worker has answered yet */
	pending(): number;
	/** Does something and waits for what it brings; rejects after 30 s. */
	change(act: () => void, what: Awaited): Promise<ChangeTime>;
	/** Frame lengths, ms, during the next `ms`. */
	frames(ms: number): Promise<number[]>;
	/** most elements in the document at the end of any frame of the last `frames` */
	mostNodes: number;
}

declare global {
	var benchProbe: Probe;
}

/** Runs in the page. */
export function installProbe(): void {
	const exchanges: { kind: string; sent: number; answered: number }[] = [];
	const longTasks: LongTask[] = [];
	const open = new Map<string, { kind: string; sent: number; answered: number }>();
	const workers = new Map<Worker, number>();

	function listen(worker: Worker): number {
		const number = workers.size;
		workers.set(worker, number);
		worker.addEventListener('message', ({ data }: MessageEvent<{ type?: string; id?: number }>) => {
			if (data.type !== 'result' && data.type !== 'error') return;
			const exchange = open.get(`${number}.${data.id}`);
			if (exchange) exchange.answered = performance.now();
			open.delete(`${number}.${data.id}`);
		});
		return number;
	}

	function note(worker: Worker, message: unknown): void {
		const number = workers.get(worker) ?? listen(worker);
		if (typeof message !== 'object' || message === null) return;
		if (!('kind' in message) || !('id' in message)) return;
		const exchange = { kind: String(message.kind), sent: performance.now(), answered: NaN };
		exchanges.push(exchange);
		open.set(`${number}.${String(message.id)}`, exchange);
	}

	Worker.prototype.postMessage = new Proxy(Worker.prototype.postMessage, {
		apply(send, worker: Worker, args: unknown[]) {
			note(worker, args[0]);
			Reflect.apply(send, worker, args);
		},
	});

	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries())
			longTasks.push({ start: startTime, duration });
	}).observe({ type: 'longtask', buffered: true });

	/** Calls back in the first task after the next frame: what stands in the document is painted. */
	function afterPaint(then: () => void): void {
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = then;
			port2.postMessage(null);
		});
	}

	const probe: Probe = {
		exchanges,
		longTasks,
		boards: NaN,
		ready: NaN,
		mostNodes: 0,
		pending: () => open.size,
		change: (act, what) =>
			new Promise((resolve, reject) => {
				const start = performance.now();
				let tableAsked = false;
				let facetsAsked = what === 'table';
				const look = () => {
					const tableBusy = document.querySelector('[role=grid][aria-busy=true]') !== null;
					const facetsBusy = document.querySelector('.totals.stale') !== null;
					tableAsked ||= tableBusy;
					facetsAsked ||= facetsBusy;
					if (!tableAsked || !facetsAsked || tableBusy || facetsBusy) return;
					watcher.disconnect();
					clearTimeout(limit);
					const shown = performance.now() - start;
					afterPaint(() => resolve({ start, shown, painted: performance.now() - start }));
				};
				const watcher = new MutationObserver(look);
				watcher.observe(document, { subtree: true, childList: true, attributes: true });
				const limit = setTimeout(() => {
					watcher.disconnect();
					reject(new Error(`No ${what} within 30 s at ${location.hash}`));
				}, 30_000);
				act();
			}),
		frames: (ms) =>
			new Promise((resolve) => {
				const lengths: number[] = [];
				let first: number | undefined;
				let previous = 0;
				probe.mostNodes = 0;
				const frame = (now: number) => {
					if (first !== undefined) lengths.push(now - previous);
					first ??= now;
					previous = now;
					probe.mostNodes = Math.max(probe.mostNodes, document.getElementsByTagName('*').length);
					if (now - first >= ms) return resolve(lengths);
					requestAnimationFrame(frame);
				};
				requestAnimationFrame(frame);
			}),
	};
	globalThis.benchProbe = probe;

	let boardsSeen = false;
	const arrival = new MutationObserver(() => {
		const boards = document.querySelector('[data-testid=headline]') !== null;
		if (!boardsSeen && boards && document.querySelector('article tbody tr')) {
			boardsSeen = true;
			afterPaint(() => (probe.boards = performance.now()));
		}
		if (Number.isNaN(probe.ready) && document.querySelector('[data-status=ready]'))
			probe.ready = performance.now();
		if (boardsSeen && probe.ready > 0) arrival.disconnect();
	});
	arrival.observe(document, { subtree: true, childList: true, attributes: true });
}
