import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();
const port = Number(process.env.E2E_PORT ?? 4187);

export default defineConfig({
	testDir: 'tests',
	testMatch: '**/*.e2e.ts',
	outputDir: 'test-results',
	fullyParallel: false,
	workers: 2,
	forbidOnly: Boolean(process.env.CI),
	// A shared build machine may stall for seconds; a test that needs the second try is listed as flaky.
	retries: process.env.CI ? 1 : 0,
	timeout: 60_000,
	reporter: [['list']],
	use: {
		baseURL: `http://localhost:${port}`,
		serviceWorkers: 'block',
		launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
		viewport: { width: 1440, height: 900 },
	},
	webServer: {
		command: `node scripts/serve.mjs`,
		env: { PORT: String(port) },
		url: `http://localhost:${port}/`,
		reuseExistingServer: false,
		timeout: 60_000,
	},
});
