/**
 * LEMUR's device runs: `run/<task>_<nn>/<device>.json`, one measurement of one net each.
 * This module gives the row and its id; it reads no files.
 */
import { splitConfig } from './config-name';
import { identityOfValue } from './identity';
import type { PyDict, PyValue } from './python-json';

/** A row of LEMUR's table `run`, without the analytics text. `duration` is as the file has it. */
export interface DeviceRun {
	id: string;
	modelName: PyValue;
	deviceType: PyValue;
	osVersion: PyValue;
	valid: boolean | null;
	emulator: boolean | null;
	errorMessage: PyValue;
	duration: PyValue;
}

/** The row of a device file: `folder` and `file` are names, `data` is the parsed object. */
export function deviceRun(folder: string, file: string, data: PyDict): DeviceRun {
	const get = (key: string): PyValue => data.get(key) ?? null;
	const [modelName, deviceType] = [modelNameOf(folder, get('model_name')), get('device_type')];
	const [osVersion, duration] = [get('os_version'), get('duration')];
	return {
		id: identityOfValue([folder, file, modelName, deviceType, osVersion, duration]),
		modelName,
		deviceType,
		osVersion,
		valid: flag(data.get('valid')),
		emulator: flag(data.get('emulator')),
		errorMessage: get('error_message'),
		duration,
	};
}

/** The file's own name of the net, else the last part of the folder's name. */
function modelNameOf(folder: string, given: PyValue): PyValue {
	if (given !== null && given !== '') return given;
	const parts = splitConfig(folder);
	return parts.length > 1 ? (parts.at(-1) ?? null) : null;
}

/** Python's `bool(value)`; a key that is not there stays unknown. */
function flag(value: PyValue | undefined): boolean | null {
	if (value === undefined) return null;
	if (Array.isArray(value)) return value.length > 0;
	if (value instanceof Map) return value.size > 0;
	return Boolean(value);
}
