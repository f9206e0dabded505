/**
 * Names of the nets that are compiled in, for pages that only need to know whether a net can be trained
 * here: the nets themselves bring all of `lib/nn` along. A test keeps it equal to the registry.
 */
export const NET_NAMES = [
	...['AirNet', 'AlexNet', 'BagNet', 'BayesianNet-3', 'DarkNet', 'DenseNet', 'DPN68'],
	...['EfficientNet', 'GoogLeNet', 'ICNet', 'MNASNet', 'MobileNetV2', 'MobileNetV3', 'RegNet'],
	...['ResNet', 'ShuffleNet', 'SqueezeNet-1', 'SqueezeNet-2', 'UNet2D', 'VGG'],
];
