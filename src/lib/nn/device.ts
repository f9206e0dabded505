/**
 * Whether the device behind the current backend still computes, and how large its tensors may be. A
 * WebGPU device takes work without a word when it is lost or refuses it, and gives no results: whoever
 * is about to keep a result asks here first.
 */

/** Thrown by work on a device that is gone; the tensors on it are gone with it. */
export class DeviceLostError extends Error {
	override readonly name = 'DeviceLostError';
}

/** Thrown when the device has refused work: what it was to compute is not there. */
export class DeviceFaultError extends Error {
	override readonly name = 'DeviceFaultError';
}

/** Thrown for a tensor that the device cannot hold; says how large it is and what would fit. */
export class TensorLimitError extends Error {
	override readonly name = 'TensorLimitError';
}

let current: object | undefined;
let loss: string | undefined;
let fault: string | undefined;
let most = Infinity;

/**
 * A new device takes over: what became of those before no longer counts.
 * @param mostBytes of one tensor
 */
export function useDevice(device: object | undefined, mostBytes = Infinity): void {
	current = device;
	loss = undefined;
	fault = undefined;
	most = mostBytes;
}

/** Resolves when what the device has refused up to now was reported; at once without a device. */
export async function errorsHeard(): Promise<void> {
	if (current === undefined) return;
	const { port1, port2 } = new MessageChannel();
	await new Promise((resolve) => {
		port1.onmessage = resolve;
		port2.postMessage(null);
	});
	port1.close();
}

/** @param reason in the browser's words */
export function reportLoss(device: object, reason: string): void {
	if (device === current) loss ??= reason;
}

/** Devices report refusals late and to nobody: the first one is kept until it is asked for. */
export function reportFault(device: object, reason: string): void {
	if (device === current) fault ??= reason;
}

/** @throws DeviceLostError, or DeviceFaultError with what was refused since it was last asked */
export function checkDeviceAlive(): void {
	if (loss !== undefined) throw new DeviceLostError(`The GPU was lost: ${loss}`);
	if (fault === undefined) return;
	const reason = fault;
	fault = undefined;
	throw new DeviceFaultError(`The GPU refused its work: ${reason}`);
}

const BYTES = 4;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * @param what the tensor is called, for the message
 * @throws TensorLimitError when a tensor of this shape is larger than the device allows
 */
export function checkTensorSize(what: string, shape: readonly number[]): void {
	const bytes = shape.reduce((product, n) => product * n, BYTES);
	if (bytes <= most) return;
	throw new TensorLimitError(
		`${what} of shape (${shape.join(', ')}) takes ${megabytes(bytes)}, this GPU's tensors are at most ${megabytes(most)}. ` +
			'Choose a smaller batch or image, a net with smaller layers, or the processor as the backend.',
	);
}
