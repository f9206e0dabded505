/** What a bench worker does with its requests, apart from the worker so that Node can test it. */
import { RpcError, serve, type Port } from '../worker/rpc';
import { difference, type Counter } from './count';
import { batchAt } from './data';
import { modelOf, type BenchModel } from './models';
import { benchParamSchemas, type BenchRequests, type FirstSteps, type Round } from './protocol';
import { STRATEGIES, type StrategyId } from './strategies';
import { type Prepared, type Strategy, type Trainer } from './strategy';

export interface BenchEffects {
	/** called once, before any library is loaded */
	readonly count: () => Counter;
	/** ms on a clock that never goes back */
	readonly now: () => number;
	readonly load: (id: StrategyId) => Promise<Strategy>;
}

interface Running {
	readonly trainer: Trainer;
	readonly model: BenchModel;
	readonly batch: number;
	/** steps taken: every step has a batch of its own */
	taken: number;
}

export function serveBench(scope: Port, { count, now, load }: BenchEffects): () => void {
	let counter: Counter | undefined;
	let strategy: Strategy | undefined;
	let running: Running | undefined;

	const prepare = (one: Running, library: Strategy): Prepared =>
		library.prepare(batchAt(one.model, one.batch, one.taken++));

	async function build(params: BenchRequests['build']['params']): Promise<FirstSteps> {
		const { library, counts } = started();
		const model = modelOf(params.model);
		const before = counts.read().pipelines;
		running = { trainer: await library.build(model), model, batch: params.batch, taken: 0 };
		const { trainer } = running;
		const losses: number[] = [];
		let firstMs = 0;
		for (let i = 0; i < params.steps; i++) {
			const batch = prepare(running, library);
			const begun = now();
			await trainer.step(batch);
			await trainer.settle();
			if (i === 0) firstMs = now() - begun;
			losses.push(await trainer.loss());
		}
		return { firstMs, pipelines: counts.read().pipelines - before, losses };
	}

	async function round({ steps }: BenchRequests['round']['params']): Promise<Round> {
		const { library, counts } = started();
		if (!running) throw new RpcError('BENCH_ORDER', 'No net was built yet.');
		const one = running;
		const { trainer } = one;
		const batches = Array.from({ length: steps }, () => prepare(one, library));
		// Not counted: what a library sets up again after its loss was read is not of a steady step.
		await trainer.step(prepare(one, library));
		await trainer.settle();
		const before = counts.read();
		const tensors = trainer.tensors();
		const hostMs: number[] = [];
		const begun = now();
		for (const batch of batches) {
			const from = now();
			await trainer.step(batch);
			hostMs.push(now() - from);
		}
		await trainer.settle();
		return {
			hostMs,
			stepMs: (now() - begun) / steps,
			counts: difference(counts.read(), before, steps),
			tensors: (trainer.tensors() - tensors) / steps,
		};
	}

	function started(): { library: Strategy; counts: Counter } {
		if (!strategy || !counter) throw new RpcError('BENCH_ORDER', 'No library was started yet.');
		return { library: strategy, counts: counter };
	}

	return serve<BenchRequests>(scope, {
		start: {
			params: benchParamSchemas.start,
			async run({ strategy: id }) {
				counter ??= count();
				const loaded = await load(id);
				const ground = await loaded.start();
				strategy = loaded;
				return ground;
			},
		},
		build: { params: benchParamSchemas.build, run: build },
		round: { params: benchParamSchemas.round, run: round },
	});
}

/** Loads a strategy of the registry. */
export const loadStrategy = (id: StrategyId): Promise<Strategy> => STRATEGIES[id].load();
