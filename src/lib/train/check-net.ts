/**
 * What can be told of a net and a batch before the first step: whether it gives what the task needs,
 * and whether a step has a chance to fit into memory. Costs one pass over two images.
 */
import type { InShape, Net, NetSpec } from '../nets/net';
import { probe } from '../nets/probe';
import type { Loader } from '../datasets/loader';
import * as outcome from './outcome';
import type { Outcome } from './outcome';

export interface CheckOptions {
	/** batch, channels, height, width */
	readonly shape: InShape;
	/** of training */
	readonly loader: Pick<Loader, 'samples' | 'classes'>;
	/** bytes that a step may take; absent: not known */
	readonly memory: number | undefined;
	/** hears remarks that stop nothing */
	readonly remark?: (code: string, text: string) => void;
}

/**
 * @returns how the trial must end; undefined when nothing speaks against it
 * @throws NetOutputError; whatever the net throws
 */
export async function checkNet(
	net: Net,
	spec: Pick<NetSpec, 'name' | 'task'>,
	{ shape, loader, memory = Infinity, remark }: CheckOptions,
): Promise<Outcome | undefined> {
	const { samples, classes } = loader;
	const each = await probe(net, spec, shape, [classes.length]);
	const [batch] = shape;
	if (batch > samples) remark?.('BATCH', outcome.largeBatch(batch, samples));
	const weights = net.parameters().reduce((sum, { size }) => sum + size, 0);
	return outcome.beyondMemory(Math.min(batch, samples), { each, weights, memory });
}
