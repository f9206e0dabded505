/** PyTorch's `torch.optim`. */
export { Adam, AdamW, type AdamArguments } from './adam';
export { clipGradNorm } from './clip-grad-norm';
export { Optimizer, type OptimizerState, type ParameterGroup } from './optimizer';
export { RMSprop, type RmspropArguments } from './rmsprop';
export * from './schedulers';
export { SGD, type SgdArguments } from './sgd';
