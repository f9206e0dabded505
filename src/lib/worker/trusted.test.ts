import { describe, expect, test } from 'vitest';
import { serviceWorkerUrl, trustedScriptUrl, workerBootstrap } from './trusted';

const ORIGIN = 'https://lemur.example';

describe('the policy lemur-worker', () => {
	test('a bootstrap imports exactly the module', async () => {
		const bootstrap = workerBootstrap(`${ORIGIN}/sub/worker-1.js`, ORIGIN);
		const text = await (await fetch(bootstrap.url)).text();
		expect(text).toBe(`import "${ORIGIN}/sub/worker-1.js";`);
		bootstrap.release();
	});

	test('quotes in a URL cannot end the import', async () => {
		const bootstrap = workerBootstrap(`${ORIGIN}/a";alert(1);".js?q="`, ORIGIN);
		const text = await (await fetch(bootstrap.url)).text();
		expect(text).toMatch(/^import "[^"]*";$/);
		bootstrap.release();
	});

	test('refuses other origins, other schemes and strings of others', () => {
		const refused = expect.objectContaining({ code: 'SCRIPT_REFUSED' });
		const attempts = [
			() => workerBootstrap('https://evil.example/worker.js', ORIGIN),
			() => workerBootstrap('data:text/javascript,1', ORIGIN),
			() => serviceWorkerUrl('https://evil.example/service-worker.js', ORIGIN),
			() => serviceWorkerUrl(`${ORIGIN}/other.js`, ORIGIN),
			() => trustedScriptUrl(`${ORIGIN}/service-worker.js`),
			() => trustedScriptUrl('blob:https://lemur.example/1'),
		];
		for (const attempt of attempts) expect(attempt).toThrow(refused);
	});

	test("lets the site's service worker through", () => {
		const url = `${ORIGIN}/sub/service-worker.js`;
		expect(serviceWorkerUrl(url, ORIGIN)).toBe(url);
	});
});
