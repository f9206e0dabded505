/** Device runs as rows: what all 2,476 files repeat (processor details, names) is stored once. */
import { deviceRun } from '../../src/lib/db/records/device-run';
import { writePythonJson } from '../../src/lib/db/records/python-json';
import type { PyValue } from '../../src/lib/db/records/python-text';
import type { DeviceFile } from './collect';
import type { Dictionary } from './dictionary';

export type DeviceRow = (number | string | Uint8Array | null)[];

/** In a stored folder name: the model's name stands here. */
export const MODEL_PLACE = '{}';

/**
 * @param nnIds ids of dim_nn by name
 * @param info where repeated texts go
 * @returns a row of `device_run` without its id
 */
export function deviceRow(
	device: DeviceFile,
	nnIds: ReadonlyMap<string, number>,
	info: Dictionary,
): DeviceRow {
	const run = deviceRun(device.folder, device.file, device.data);
	const model = textOf(run.modelName) ?? '';
	const nn = nnIds.get(model) ?? null;
	const id = (value: PyValue) => (value === null ? null : info.id(textOf(value) ?? ''));
	return [
		Buffer.from(run.id, 'hex'),
		nn,
		nn === null ? model : null,
		info.id(model === '' ? device.folder : device.folder.replace(model, MODEL_PLACE)),
		info.id(device.file),
		id(run.deviceType),
		id(run.osVersion),
		flag(run.valid),
		flag(run.emulator),
		id(run.errorMessage),
		typeof run.duration === 'bigint' ? Number(run.duration) : plain(run.duration),
		...analyticsOf(device.data.get('device_analytics') ?? null, info),
	];
}

function analyticsOf(analytics: PyValue, info: Dictionary): DeviceRow {
	if (analytics === null) return [null, null, null];
	const text = writePythonJson(analytics);
	const cpu = analytics instanceof Map ? analytics.get('cpu_info') : undefined;
	const part = cpu instanceof Map ? writePythonJson(cpu) : '';
	const at = part === '' ? -1 : text.indexOf(part);
	if (at < 0) return [text, null, null];
	return [text.slice(0, at), info.id(part), text.slice(at + part.length)];
}

const flag = (value: boolean | null) => (value === null ? null : Number(value));
const plain = (value: PyValue) => (typeof value === 'number' ? value : textOf(value));

function textOf(value: PyValue): string | null {
	if (value === null || typeof value === 'string') return value;
	return writePythonJson(value);
}
