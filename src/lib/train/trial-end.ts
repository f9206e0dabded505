/** How a trial ends that is left in the middle: by LEMUR's rules, by a person, by a device or by an error. */
import { checkDeviceAlive, DeviceLostError } from '../nn/device';
import { batchOf, type TrialConfig } from './config';
import { TrialStopped } from './control';
import * as outcome from './outcome';
import type { Outcome } from './outcome';

/** Leaves the loop with an outcome that is no failure. */
export class TrialEnd extends Error {
	constructor(readonly outcome: Outcome) {
		super(outcome.reason);
	}
}

/** @param epochs that are done @returns how a trial ends that was left by this error */
export async function outcomeOf(
	error: unknown,
	config: TrialConfig,
	epochs: number,
): Promise<Outcome> {
	if (error instanceof TrialEnd) return error.outcome;
	if (error instanceof TrialStopped) return outcome.stopped(epochs);
	const lost = error instanceof DeviceLostError ? error : await deviceLoss();
	if (lost) return outcome.gpuLost(lost.message);
	const cause = error instanceof Error ? error.message : String(error);
	if (outcome.isOutOfMemory(error)) return outcome.outOfMemory(batchOf(config), cause);
	return outcome.failed(cause === '' ? 'The net stopped without a reason.' : cause);
}

/** A read that fails may be heard before the loss of the device is. */
async function deviceLoss(): Promise<DeviceLostError | undefined> {
	await new Promise((resolve) => setTimeout(resolve, 0));
	try {
		checkDeviceAlive();
		return undefined;
	} catch (error) {
		return error instanceof DeviceLostError ? error : undefined;
	}
}
