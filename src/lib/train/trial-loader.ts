/** The batches of a trial, from the datasets of this device. */
import type { Library } from '../datasets/library';
import { openLoader, type Loader, type LoaderOptions } from '../datasets/loader';
import { openLibrary } from '../datasets/open-library';

let library: { readonly siteRoot: string; readonly opened: Promise<Library> } | undefined;

/**
 * @param siteRoot absolute URL of the site's root folder, with its last slash
 * @throws as `openLoader`
 */
export async function openTrialLoader(options: LoaderOptions, siteRoot: string): Promise<Loader> {
	if (library?.siteRoot !== siteRoot) library = { siteRoot, opened: openLibrary(siteRoot) };
	return openLoader(options, { library: await library.opened });
}
