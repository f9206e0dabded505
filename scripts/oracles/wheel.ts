/** A Python wheel (a zip archive) for oracles that name wheel files by hash. */
import { existsSync } from 'node:fs';
import { openZip } from '../stat-db/zip';
import type { Wheel } from './types';

/**
 * Open a wheel; `null` when there is no such file. It stays open until the process ends.
 * @throws ZipError when the file is no sound zip archive.
 */
export function openWheel(path: string): Wheel | null {
	if (!existsSync(path)) return null;
	const zip = openZip(path);
	const entries = new Map(zip.entries.map((entry) => [entry.name, entry]));
	return {
		names: [...entries.keys()],
		async read(name) {
			const entry = entries.get(name);
			if (!entry) throw new RangeError(`The wheel has no file ${name}.`);
			return zip.read(entry);
		},
	};
}
