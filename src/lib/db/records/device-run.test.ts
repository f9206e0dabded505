import { describe, expect, it } from 'vitest';
import { deviceRun } from './device-run';
import { identity } from './identity';

describe('deviceRun()', () => {
	it('names the net by the folder when the file does not', () => {
		const run = deviceRun('img_Net', 'phone.json', new Map([['valid', 1n]]));
		expect(run).toStrictEqual({
			id: identity("['img_Net', 'phone.json', 'Net', None, None, None]"),
			modelName: 'Net',
			deviceType: null,
			osVersion: null,
			valid: true,
			emulator: null,
			errorMessage: null,
			duration: null,
		});
	});

	it("prefers the file's own name, and has none for a folder of one part", () => {
		expect(deviceRun('a_b', 'f', new Map([['model_name', 'Own']])).modelName).toBe('Own');
		expect(deviceRun('alone', 'f', new Map()).modelName).toBeNull();
	});
});
