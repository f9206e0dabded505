/**
 * The Trusted Types policy `lemur-worker`: the only way to a script URL under the site's content
 * policy. It lets through the bootstraps that this file makes and the site's own service worker, and
 * nothing else. Where the browser has no Trusted Types, the same checks run on plain strings.
 */
import { RpcError } from './rpc-error';

/** The part of the browser's interface that is used. A script URL is typed as the string it prints
 * as, because the DOM library's `Worker` and `register` know strings only. */
interface PolicyFactory {
	createPolicy(
		name: string,
		rules: { createScriptURL(input: string): string },
	): { createScriptURL(input: string): string };
}

declare global {
	var trustedTypes: PolicyFactory | undefined;
}

const allowed = new Set<string>();
const rules = { createScriptURL: requireAllowed };
let policy: { createScriptURL(input: string): string } | undefined;

function requireAllowed(input: string): string {
	if (allowed.has(input)) return input;
	throw new RpcError('SCRIPT_REFUSED', `${input} is no script of this site.`, { url: input });
}

/** @throws RpcError `SCRIPT_REFUSED` for any URL that was not made by this file */
export function trustedScriptUrl(input: string): string {
	policy ??= globalThis.trustedTypes?.createPolicy('lemur-worker', rules) ?? rules;
	return policy.createScriptURL(input);
}

function sameOrigin(url: string, origin: string): URL {
	const parsed = new URL(url);
	if (parsed.origin !== origin) {
		throw new RpcError('SCRIPT_REFUSED', `${url} is not on this site's origin.`, { url });
	}
	return parsed;
}

/** A worker's start script. */
export interface Bootstrap {
	readonly url: string;
	/** frees the blob: call it once the worker has started, or will not */
	release(): void;
}

/**
 * A worker loaded from the network escapes the page's `<meta>` content policy; one started from a
 * blob inherits it. So the worker is a blob whose only line imports our own module.
 * @param moduleUrl absolute URL of the worker's module, on this origin
 */
export function workerBootstrap(moduleUrl: string, origin: string = location.origin): Bootstrap {
	const { href } = sameOrigin(moduleUrl, origin);
	const source = new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' });
	const blobUrl = URL.createObjectURL(source);
	allowed.add(blobUrl);
	const url = trustedScriptUrl(blobUrl);
	allowed.delete(blobUrl);
	return { url, release: () => URL.revokeObjectURL(blobUrl) };
}

/** @param url absolute URL of the site's service worker; refused on another origin or name */
export function serviceWorkerUrl(url: string, origin: string = location.origin): string {
	const { href, pathname } = sameOrigin(url, origin);
	if (!pathname.endsWith('/service-worker.js')) {
		throw new RpcError('SCRIPT_REFUSED', `${url} is not the site's service worker.`, { url });
	}
	allowed.add(href);
	const trusted = trustedScriptUrl(href);
	allowed.delete(href);
	return trusted;
}
