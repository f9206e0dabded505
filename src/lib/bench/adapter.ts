/** The adapter behind a device, in words: for libraries that choose it themselves. */
import { describeAdapter } from '../nn/backend';
import type { Ground } from './strategy';

/** @param device undefined where none is used */
export function adapterOf(device: GPUDevice | undefined): Pick<Ground, 'adapter' | 'software'> {
	if (!device) return { adapter: '', software: false };
	const { name, software } = describeAdapter(device.adapterInfo);
	return { adapter: name, software };
}
