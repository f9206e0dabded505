/** PyTorch's `torch.nn`: the layers nets are built from. */
export * from './activation';
export * from './container';
export * from './conv';
export * from './dropout';
export * from './linear';
export * from './loss';
export * from './norm';
export * from './pool';
