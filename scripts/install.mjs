// Installs the dependencies when they are missing or older than the lock file. Needs only Node and npm.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const MARKER = 'node_modules/.package-lock.json';

/** @returns {boolean} false when the installed packages are those of package-lock.json */
export function needsInstall() {
	if (!existsSync(MARKER)) return true;
	return statSync('package-lock.json').mtimeMs > statSync(MARKER).mtimeMs;
}

/**
 * Runs a command with its output on this terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {number} exit code
 */
export function run(command, args, env = {}) {
	const shell = process.platform === 'win32';
	const result = spawnSync(command, args, {
		stdio: 'inherit',
		shell,
		env: { ...process.env, ...env },
	});
	if (result.error) throw new Error(`Could not run ${command}: ${result.error.message}`);
	return result.status ?? 1;
}

/** @param {string} script of package.json */
export function runScript(script) {
	return run(npm, ['run', '--silent', script]);
}

/** @throws when npm fails */
export function install() {
	if (!needsInstall()) return;
	console.log('Installing dependencies (npm ci)…');
	if (run(npm, ['ci', '--no-audit', '--no-fund']) !== 0) {
		throw new Error('npm ci failed. Check the network and the Node version (20.19 or newer).');
	}
}
