/** PyTorch's `torch.nn.functional`: the only folder that calls tfjs operations and kernels. */
export * from './activation';
export { conv2d, convTranspose2d, type ConvOptions, type Size2 } from './conv';
export { add, div, exp, log, mul, neg, pow, sqrt, sub } from './elementwise';
export * from './dropout';
export * from './linear';
export * from './loss';
export { embedding } from './embedding';
export { imageTensor, type Normalisation } from './image';
export { normalNoise } from './noise';
export * from './norm';
export * from './pool';
export { mean, sum } from './reduce';
export { adaptiveAvgPool2d, interpolate } from './resample';
export * from './shape';
