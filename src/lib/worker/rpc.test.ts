import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { connect, isAbort, RpcError, serve, type Handlers, type Port } from './rpc';
import { portPair } from './testing';

type Echo = {
	double: { params: { n: number }; result: number };
	numbers: { params: { count: number }; result: ReadonlyMap<string, Float64Array> };
	fail: { params: { code: string }; result: number };
	wait: { params: Record<never, never>; result: number };
};

const kept = new Float64Array([1, 2, 3]);
let stopped = 0;
const handlers: Handlers<Echo> = {
	double: {
		params: v.strictObject({ n: v.number() }),
		run: ({ n }, { progress }) => {
			progress({ step: n });
			progress({ step: 'not a number' });
			return n * 2;
		},
	},
	numbers: {
		params: v.strictObject({ count: v.number() }),
		run: ({ count }) =>
			new Map([
				['fresh', new Float64Array(count).fill(7)],
				['kept', kept],
			]),
	},
	fail: {
		params: v.strictObject({ code: v.string() }),
		run: ({ code }) => {
			if (code === '') throw new TypeError('a bug');
			throw new RpcError(code, 'As asked.', { part: 3 });
		},
	},
	wait: {
		params: v.strictObject({}),
		run: (_, { signal }) =>
			new Promise((_resolve, reject) => {
				signal.addEventListener('abort', () => {
					stopped++;
					reject(signal.reason);
				});
			}),
	},
};

const results = {
	double: v.number(),
	numbers: v.custom<ReadonlyMap<string, Float64Array>>((value) => value instanceof Map),
	fail: v.number(),
	wait: v.number(),
};
const eventSchema = v.object({ step: v.number() });
type Event = v.InferOutput<typeof eventSchema>;

let pair: ReturnType<typeof portPair> | undefined;
afterEach(() => pair?.close());

function connected() {
	pair = portPair();
	serve<Echo>(pair.worker, handlers, { keeps: (buffer) => buffer === kept.buffer });
	return connect<Echo, Event>(pair.page, { results, event: eventSchema });
}

const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'no error',
		(error: unknown) => (error instanceof RpcError ? error.code : error),
	);

describe('serve() and connect()', () => {
	test('answers by id, whatever the order', async () => {
		const page = connected();
		const answers = await Promise.all([1, 2, 3].map((n) => page.call('double', { n })));
		expect(answers).toEqual([2, 4, 6]);
		expect(page.pending).toBe(0);
	});

	test('progress goes to its own call, and only well-formed progress', async () => {
		const page = connected();
		const seen: Event[] = [];
		await Promise.all([
			page.call('double', { n: 1 }, { onProgress: (event) => seen.push(event) }),
			page.call('double', { n: 2 }),
		]);
		expect(seen).toEqual([{ step: 1 }]);
	});

	test('an error keeps its code, sentence and details', async () => {
		const error = await connected()
			.call('fail', { code: 'DB_HASH' })
			.catch((e: unknown) => e);
		expect(error).toBeInstanceOf(RpcError);
		expect(error).toMatchObject({ code: 'DB_HASH', message: 'As asked.', details: { part: 3 } });
	});

	test('an error without a code arrives as INTERNAL', async () => {
		expect(await codeOf(connected().call('fail', { code: '' }))).toBe('INTERNAL');
	});

	test('answers unknown requests and bad parameters instead of dropping them', async () => {
		pair = portPair();
		serve<Echo>(pair.worker, handlers);
		type Other = {
			dance: { params: null; result: null };
			double: { params: null; result: number };
		};
		const page = connect<Other, Event>(pair.page, {
			results: { dance: v.null(), double: v.number() },
			event: eventSchema,
		});
		expect(await codeOf(page.call('dance', null))).toBe('UNKNOWN_REQUEST');
		expect(await codeOf(page.call('double', null))).toBe('BAD_REQUEST');
	});

	test('a name of Object.prototype is no request', async () => {
		pair = portPair();
		serve<Echo>(pair.worker, handlers);
		type Other = { toString: { params: null; result: null } };
		const page = connect<Other, Event>(pair.page, {
			results: { toString: v.null() },
			event: eventSchema,
		});
		expect(await codeOf(page.call('toString', null))).toBe('UNKNOWN_REQUEST');
	});

	test('an answer of another shape is refused', async () => {
		pair = portPair();
		serve<Echo>(pair.worker, handlers);
		const page = connect<Echo, Event>(pair.page, {
			results: { ...results, double: v.pipe(v.number(), v.minValue(100)) },
			event: eventSchema,
		});
		expect(await codeOf(page.call('double', { n: 1 }))).toBe('BAD_RESULT');
		expect(await page.call('double', { n: 50 })).toBe(100);
	});

	test('moves fresh buffers and copies those that the worker keeps', async () => {
		const page = connected();
		for (let time = 0; time < 2; time++) {
			const answer = await page.call('numbers', { count: 2 });
			expect(answer.get('fresh')).toEqual(new Float64Array([7, 7]));
			expect(answer.get('kept')).toEqual(new Float64Array([1, 2, 3]));
		}
		expect(kept.length).toBe(3);
	});

	test('an abort rejects at once and stops the worker, which is busy until it answers', async () => {
		const page = connected();
		const controller = new AbortController();
		let answered = 0;
		const before = stopped;
		const work = page.call('wait', {}, { signal: controller.signal, onAnswered: () => answered++ });
		await page.call('double', { n: 1 });
		controller.abort();
		expect(isAbort(await work.catch((e: unknown) => e))).toBe(true);
		expect([answered, page.pending]).toEqual([0, 1]);
		await page.call('double', { n: 1 });
		expect([answered, page.pending, stopped - before]).toEqual([1, 0, 1]);
	});

	test('close rejects everything pending, and every later call', async () => {
		const page = connected();
		const work = page.call('wait', {});
		page.close(new RpcError('WORKER_DIED', 'Gone.'));
		expect(await codeOf(work)).toBe('WORKER_DIED');
		expect(await codeOf(page.call('double', { n: 1 }))).toBe('WORKER_DIED');
	});

	test('parameters that cannot be posted reject their call and leave nothing pending', async () => {
		const page = connected();
		const bad = Object.assign({ n: 1 }, { f: () => 1 });
		expect(await page.call('double', bad).catch((e: unknown) => e)).toBeInstanceOf(Error);
		expect(page.pending).toBe(0);
	});

	test('messages that are not of this protocol are passed over on both sides', async () => {
		const page = connected();
		pair?.page.postMessage({ type: 'call', id: 'x' }, []);
		pair?.page.postMessage('hello', []);
		pair?.worker.postMessage({ type: 'result', id: 1e9, result: 1 }, []);
		pair?.worker.postMessage(null, []);
		expect(await page.call('double', { n: 4 })).toBe(8);
	});

	test('ping is answered while a request waits', async () => {
		const page = connected();
		void page.call('wait', {}).catch(() => undefined);
		await expect(page.ping()).resolves.toBeUndefined();
	});

	test('a worker that stops serving answers nothing more', async () => {
		pair = portPair();
		const stop = serve<Echo>(pair.worker, handlers);
		const page = connect<Echo, Event>(pair.page, { results, event: eventSchema });
		await page.call('double', { n: 1 });
		stop();
		let answered = false;
		void page.call('double', { n: 1 }).finally(() => (answered = true));
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(answered).toBe(false);
	});
});

test('a port is all that is needed', () => {
	const port: Port = portPair().page;
	expect(port).toBeDefined();
	(port as MessagePort).close();
});
