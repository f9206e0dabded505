import { afterEach, describe, expect, test } from 'vitest';
import {
	checkDeviceAlive,
	checkTensorSize,
	DeviceFaultError,
	DeviceLostError,
	reportFault,
	reportLoss,
	TensorLimitError,
	useDevice,
} from './device';

afterEach(() => useDevice(undefined));

describe('the device', () => {
	test('a loss stays, a refusal is told once, the first one wins', () => {
		const device = {};
		useDevice(device);
		expect(checkDeviceAlive).not.toThrow();
		reportFault(device, 'no room');
		reportFault(device, 'later');
		expect(checkDeviceAlive).toThrow(DeviceFaultError);
		expect(checkDeviceAlive).not.toThrow();
		reportFault(device, 'again');
		expect(checkDeviceAlive).toThrow('The GPU refused its work: again');
		reportLoss(device, 'unplugged');
		expect(checkDeviceAlive).toThrow(DeviceLostError);
		expect(checkDeviceAlive).toThrow('The GPU was lost: unplugged');
	});

	test('what became of another device does not count', () => {
		const [old, fresh] = [{}, {}];
		useDevice(old);
		useDevice(fresh);
		reportLoss(old, 'gone');
		reportFault(old, 'no');
		expect(checkDeviceAlive).not.toThrow();
	});

	test('a tensor beyond its limit is refused with sizes and the way out', () => {
		useDevice({}, 1_000_000);
		expect(() => checkTensorSize('fc.weight', [500, 500])).not.toThrow();
		const check = () => checkTensorSize('fc.weight', [501, 500]);
		expect(check).toThrow(TensorLimitError);
		expect(check).toThrow(
			/^fc\.weight of shape \(501, 500\) takes 1\.0 MB, .* at most 1\.0 MB\. Choose a smaller batch/,
		);
		useDevice(undefined);
		expect(check).not.toThrow();
	});
});
