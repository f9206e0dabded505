/** A small torch over tfjs's kernels: PyTorch's names, shapes, defaults and meaning. */
export { backward, isGradEnabled, noGrad, withLossHook } from './autograd';
export * as F from './functional';
export * as init from './init';
export { Meter, type Drained } from './meter';
export { Module, type StateDict } from './module';
export * from './modules';
export * as optim from './optim';
export { manualSeed } from './random';
export { intTensor, Parameter, ShapeError, tensor, Tensor } from './tensor';
