/**
 * Nets by LEMUR's name. A new net is one file and one line here. Nets that are not compiled in are
 * registered while the page runs.
 */
import type { NetSpec } from './net';
import { airNet } from './AirNet';
import { alexNet } from './AlexNet';
import { bagNet } from './BagNet';
import { bayesianNet3 } from './BayesianNet-3';
import { darkNet } from './DarkNet';
import { denseNet } from './DenseNet';
import { dpn68 } from './DPN68';
import { efficientNet } from './EfficientNet';
import { googLeNet } from './GoogLeNet';
import { icNet } from './ICNet';
import { mnasNet } from './MNASNet';
import { mobileNetV2 } from './MobileNetV2';
import { mobileNetV3 } from './MobileNetV3';
import { regNet } from './RegNet';
import { resNet } from './ResNet';
import { shuffleNet } from './ShuffleNet';
import { squeezeNet1 } from './SqueezeNet-1';
import { squeezeNet2 } from './SqueezeNet-2';
import { uNet2D } from './UNet2D';
import { vgg } from './VGG';

const compiled: readonly NetSpec[] = [
	airNet,
	alexNet,
	bagNet,
	bayesianNet3,
	darkNet,
	denseNet,
	dpn68,
	efficientNet,
	googLeNet,
	icNet,
	mnasNet,
	mobileNetV2,
	mobileNetV3,
	regNet,
	resNet,
	shuffleNet,
	squeezeNet1,
	squeezeNet2,
	uNet2D,
	vgg,
];

const brought = new Map<string, NetSpec>();

/** @returns the compiled nets, then those that were brought, in order */
export function nets(): readonly NetSpec[] {
	return [...compiled.filter(({ name }) => !brought.has(name)), ...brought.values()];
}

/** @returns the net of this name, or undefined */
export function netOf(name: string): NetSpec | undefined {
	return brought.get(name) ?? compiled.find((net) => net.name === name);
}

/** Adds a visitor's net, or replaces the one of its name. */
export function registerNet(spec: NetSpec): void {
	brought.set(spec.name, spec);
}
