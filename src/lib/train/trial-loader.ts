/**
 * The batches of a trial, from the datasets of this device: those of training are made in a worker of
 * their own, ahead of the steps, those of the test set where they are used.
 */
import type { Library } from '../datasets/library';
import { openLoader, type Loader, type LoaderOptions } from '../datasets/loader';
import { openLoaderInWorker } from '../datasets/loader-client';
import { startLoaderWorker } from '../datasets/loader-start';
import { openLibrary } from '../datasets/open-library';
import { isDeath, openSturdy } from './sturdy-loader';

let library: { readonly siteRoot: string; readonly opened: Promise<Library> } | undefined;

/**
 * @param siteRoot absolute URL of the site's root folder, with its last slash
 * @throws as `openLoader`
 */
export async function openTrialLoader(options: LoaderOptions, siteRoot: string): Promise<Loader> {
	if (options.split === 'train')
		try {
			const effects = { start: startLoaderWorker, siteRoot };
			return await openSturdy(() => openLoaderInWorker(options, effects));
		} catch (error) {
			// Where a worker may start none of its own, batches are made between the steps.
			if (!isDeath(error)) throw error;
		}
	if (library?.siteRoot !== siteRoot) library = { siteRoot, opened: openLibrary(siteRoot) };
	return openLoader(options, { library: await library.opened });
}
