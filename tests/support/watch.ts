/**
 * The guard of every end-to-end test: no error in the console, no uncaught error, no request to another
 * origin. A test that provokes an error says which with `watch.allow`.
 */
import {
	test as base,
	expect,
	type BrowserContext,
	type BrowserContextOptions,
	type Page,
} from '@playwright/test';

/** What a context's pages did that they should not. */
export interface Watched {
	/** one line each, in order */
	readonly problems: readonly string[];
	/** Problems that match are part of the test and are passed over; say why beside the call. */
	allow(pattern: RegExp): void;
	/** @throws when anything else went wrong */
	check(): void;
}

/** @param origin of the site; requests to any other are problems, `data:` and `blob:` are not requests */
export function watch(context: BrowserContext, origin: string): Watched {
	const problems: string[] = [];
	const allowed: RegExp[] = [];
	context.on('console', (message) => {
		if (message.type() === 'error')
			problems.push(`console: ${message.text()} (${message.location().url})`);
	});
	context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`));
	context.on('request', (request) => {
		const url = new URL(request.url());
		const local = url.protocol === 'data:' || url.protocol === 'blob:';
		if (!local && url.origin !== origin) problems.push(`foreign request: ${request.url()}`);
	});
	return {
		problems,
		allow: (pattern) => void allowed.push(pattern),
		check: () =>
			expect(problems.filter((line) => !allowed.some((one) => one.test(line)))).toEqual([]),
	};
}

export interface Fixtures {
	readonly watch: Watched;
	/** opens a page in a profile of its own, watched like the first; options as for `newContext` */
	readonly fresh: (options?: BrowserContextOptions) => Promise<Page>;
}

/** Playwright's `test`, with every page watched; the test fails at its end for what was not allowed. */
export const test = base.extend<Fixtures>({
	watch: [
		async ({ context, baseURL }, use) => {
			const watched = watch(context, new URL(baseURL ?? 'http://localhost').origin);
			await use(watched);
			watched.check();
		},
		{ auto: true },
	],
	fresh: async ({ browser, baseURL }, use) => {
		const opened: [BrowserContext, Watched][] = [];
		await use(async (options = {}) => {
			const context = await browser.newContext(options);
			opened.push([context, watch(context, new URL(baseURL ?? 'http://localhost').origin)]);
			return context.newPage();
		});
		for (const [context, watched] of opened) {
			watched.check();
			await context.close();
		}
	},
});

export { expect };
export type { Page };
