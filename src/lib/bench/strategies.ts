/** The libraries that can be raced; each is loaded when it runs. */
import type { Strategy } from './strategy';

export type StrategyId = 'ours' | 'stock' | 'jax';

export interface StrategySpec {
	readonly title: string;
	readonly about: string;
	readonly load: () => Promise<Strategy>;
}

export const STRATEGIES = {
	ours: {
		title: 'lib/nn',
		about: 'This site’s own library.',
		load: async () => (await import('./ours')).ours,
	},
	stock: {
		title: 'tfjs',
		about: 'TensorFlow.js 4.22 as it comes: its operations, gradients and momentum optimizer.',
		load: async () => (await import('./stock')).stock,
	},
	jax: {
		title: 'jax-js',
		about:
			'@jax-js/jax 0.1.25, the whole step compiled together; to wait for it, one value is read.',
		load: async () => (await import('./jax')).jax,
	},
} satisfies Record<StrategyId, StrategySpec>;

export const STRATEGY_IDS = Object.keys(STRATEGIES) as readonly StrategyId[]; // the keys of the table above
