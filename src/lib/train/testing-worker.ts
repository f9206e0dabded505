/** A training worker in this thread, for tests in Node: it can die, lose its GPU and be busy. */
import { FakeWorker } from '../worker/testing';
import { serve } from '../worker/rpc';
import { useDevice } from '../nn/device';
import { digits } from '../datasets/digits';
import type { LoaderOptions } from '../datasets/loader';
import type { NetSpec } from '../nets/net';
import { createTrainClient, type TrainClient } from './client';
import * as real from './computing';
import { createTrainEngine, type Computing } from './engine';
import { localLocks, type Locks } from './locks';
import type { BackendVerdict, Requests } from './protocol';
import type { RunStorage } from './run-store';
import { syntheticLoader, tinyNet, useCpu } from './testing';
import { runTrial } from './trial';

export interface FakeWorld {
	readonly client: TrainClient;
	/** started so far, the newest last */
	readonly workers: FakeWorker[];
	/** backends that were asked for */
	readonly asked: string[];
	/** what loaders were opened with */
	readonly opened: LoaderOptions[];
	/** the newest worker dies between two steps, as a crash */
	die(): void;
	/** the page ends it at once */
	kill(): void;
}

export interface FakeWorldOptions {
	readonly storage: RunStorage;
	readonly locks?: Locks;
	readonly net?: NetSpec;
	/** bytes that a step may take */
	readonly memory?: number;
	/** called between any two steps of any worker */
	readonly between?: (step: number) => void | Promise<void>;
	/** what the n-th choice of a backend gives, from 1 */
	readonly choose?: (n: number) => BackendVerdict | Error;
}

const CPU: BackendVerdict = {
	backend: 'cpu',
	adapter: '',
	software: false,
	text: 'Runs on the cpu.',
};

export function fakeWorld(options: FakeWorldOptions): FakeWorld {
	const { storage, locks = localLocks(), net = tinyNet, between, choose = () => CPU } = options;
	const workers: FakeWorker[] = [];
	const asked: string[] = [];
	const opened: LoaderOptions[] = [];
	const releases: (() => void)[] = [];
	let steps = 0;
	let dead = 0;
	let choices = 0;

	function spawn(): FakeWorker {
		const id = workers.length;
		const isDead = () => id < dead;
		const computing: Computing = {
			...real,
			chooseBackend: async (first) => {
				await useCpu();
				asked.push(first ?? '');
				const chosen = choose(++choices);
				if (chosen instanceof Error) throw chosen;
				useDevice(undefined);
				return { ...chosen, passed: [] };
			},
			verdictText: () => CPU.text,
			netOf: (name) => (name === net.name ? net : undefined),
			openTrialLoader: async (options: LoaderOptions) => {
				opened.push(options);
				const { split, batchSize } = options;
				return syntheticLoader({ shuffle: split === 'train', batchSize });
			},
			findDataset: () => ({ ...digits, minimumAccuracy: 1 / 3 }),
			runTrial: (config, effects, from) =>
				runTrial(
					config,
					{
						...effects,
						breathe: async () => {
							await effects.breathe();
							await between?.(++steps);
							// A dead worker does nothing more.
							if (isDead()) await new Promise(() => undefined);
						},
					},
					from,
				),
		};
		const held = {
			held: locks.held,
			hold: async (name: string) => {
				const release = await locks.hold(name);
				if (release) releases.push(release);
				return release;
			},
		};
		const engine = createTrainEngine({
			openStorage: async () => storage,
			computing: async () => computing,
			...{ locks: held, wall: () => 1_000 + id, newId: () => `run-${Math.random()}`.slice(0, 20) },
			memory: () => options.memory,
		});
		const worker = new FakeWorker((scope) => void serve<Requests>(scope, engine));
		workers.push(worker);
		return worker;
	}

	const client = createTrainClient({
		...{ spawn, base: '', siteRoot: 'http://site.test/', locks, store: storage.store.name },
		wait: () => new Promise((resolve) => setTimeout(resolve, 1)),
	});
	/** The newest worker does nothing more; the browser gives its locks back. */
	function stop(): void {
		dead = workers.length;
		for (const release of releases.splice(0)) release();
	}
	return {
		...{ client, workers, asked, opened },
		die() {
			stop();
			workers.at(-1)!.die();
		},
		kill() {
			stop();
			client.kill();
		},
	};
}
