/** A worker that starts a loader's worker, as training does: for the browser's test only. */
import { openLoaderInWorker } from './loader-client';
import { startLoaderWorker } from './loader-start';

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	if (typeof data !== 'string') return;
	run(data).then(
		(text) => self.postMessage(text),
		(error: unknown) => self.postMessage(String(error)),
	);
});

async function run(siteRoot: string): Promise<string> {
	const options = {
		dataset: 'digits',
		split: 'test' as const,
		transform: 'norm_32',
		batchSize: 100,
		shuffle: true,
		seed: 1,
	};
	const loader = await openLoaderInWorker(options, { start: startLoaderWorker, siteRoot });
	const sizes: string[] = [];
	for await (const { shape } of loader.epoch(1)) sizes.push(shape.join('×'));
	loader.close();
	return sizes.join(' ');
}
