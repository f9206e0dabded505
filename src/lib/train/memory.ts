/**
 * How much memory a step may take. Only of the processor is anything known beforehand, and only where
 * the browser tells; GPUs refuse what is too much for them themselves.
 */
import type { BackendName } from '../nn/backend';

const GB = 2 ** 30;
/** Browsers tell no more than this; the machine may have any number above it. */
const MOST_TOLD = 8;
const SHARE = 0.6;
/** bytes: a step beyond them takes hours on a processor, if it ends */
const MOST = 12 * GB;

/**
 * @param told `navigator.deviceMemory`: GB, rounded
 * @returns bytes; undefined: nothing is known
 */
export function memoryBudget(backend: BackendName, told = deviceMemory()): number | undefined {
	if (backend !== 'cpu' || told === undefined) return undefined;
	return told < MOST_TOLD ? told * SHARE * GB : MOST;
}

function deviceMemory(): number | undefined {
	const { navigator } = globalThis;
	if (!navigator || !('deviceMemory' in navigator)) return undefined;
	return typeof navigator.deviceMemory === 'number' ? navigator.deviceMemory : undefined;
}
