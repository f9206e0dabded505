/** Nets and metrics by the names in a trial's settings, or words for what is not here. */
import type { NetSpec } from '../nets/net';
import { RpcError } from '../worker/rpc-error';
import type { Computing } from './engine';
import type { Score } from './evaluate';

type Nets = Pick<Computing, 'netOf'>;
type Metrics = Pick<Computing, 'METRICS' | 'isMetricId'>;

/** @throws RpcError TRAIN_NET */
export function netNamed({ netOf }: Nets, name: string): NetSpec {
	const net = netOf(name);
	if (net) return net;
	throw new RpcError('TRAIN_NET', `The net ${name} cannot be trained here: it is not built in.`);
}

/** @throws RpcError TRAIN_METRIC */
export function scoreOf(
	{ METRICS, isMetricId }: Metrics,
	metric: string,
	classes: number,
): () => Score {
	if (isMetricId(metric) && metric === 'acc') return () => METRICS[metric].create({ classes });
	throw new RpcError('TRAIN_METRIC', `The metric ${metric} is not for this task; acc is.`);
}
