/**
 * Whether the device behind the current backend still computes. A lost WebGPU device takes work
 * without a word and gives no results, so whoever is about to keep a result asks here first.
 */

/** Thrown by work on a device that is gone; the tensors on it are gone with it. */
export class DeviceLostError extends Error {
	override readonly name = 'DeviceLostError';
}

let current: object | undefined;
let loss: string | undefined;

/** A new device takes over: what became of those before no longer counts. */
export function useDevice(device: object | undefined): void {
	current = device;
	loss = undefined;
}

/** @param reason in the browser's words */
export function reportLoss(device: object, reason: string): void {
	if (device === current) loss ??= reason;
}

/** @throws DeviceLostError when the current device was lost */
export function checkDeviceAlive(): void {
	if (loss !== undefined) throw new DeviceLostError(`The GPU was lost: ${loss}`);
}
