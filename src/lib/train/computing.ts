/** Everything of the worker that needs tfjs, the nets and the data: loaded when something is computed. */
export { chooseBackend, verdictText } from '../nn/backend';
export { checkDeviceAlive, DeviceLostError } from '../nn/device';
export { freeUnused } from '../nn/memory';
export { netOf } from '../nets/registry';
export { openTrialLoader } from './trial-loader';
export { findDataset } from '../datasets/registry';
export { METRICS, isMetricId } from '../metrics/registry';
export { measureTrial } from './measure';
export { inspectNet } from './inspect';
export { restoreNetState } from './net-state';
export { runTrial } from './trial';
