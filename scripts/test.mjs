// `npm test`: installs what is missing, then runs every check and prints one closing line.
// A step that fails does not stop the later ones, so one run shows all that is wrong.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './chromium.mjs';
import { install, run } from './install.mjs';

const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
const RESULTS = 'test-results/summary';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** Finds Chromium or installs it; end-to-end tests are never skipped. */
function ensureChromium() {
	if (findChromium()) return;
	console.log('No Chromium found; installing one…');
	const isRoot = process.getuid?.() === 0;
	if (isRoot && existsSync('/usr/bin/apt-get')) {
		run('apt-get', ['update', '-qq']);
		run('apt-get', ['install', '-y', '-qq', 'chromium']);
	} else {
		run(npx, ['playwright', 'install', 'chromium']);
	}
	if (!findChromium()) {
		throw new Error(
			'The end-to-end tests need Chromium. Run `npx playwright install chromium`, or set CHROMIUM_PATH to one.',
		);
	}
}

/**
 * A step without a count of its own: one check, passed or failed. Its output is shown when it ends,
 * so that two of them can run side by side.
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Tally>}
 */
function check(name, command, args) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { shell: process.platform === 'win32' });
		/** @type {Buffer[]} */
		const output = [];
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (part) => output.push(part));
		child.on('error', reject);
		child.on('close', (code) => {
			console.log(`\n── ${name} ──`);
			process.stdout.write(Buffer.concat(output));
			resolve({ passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 });
		});
	});
}

/** Names of failed tests with the start of their reason: said again at the end, where a log is looked at. @type {string[]} */
const failures = [];

/** @param {{ testResults: { name: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] }} report */
function noteFailures({ testResults }) {
	for (const { name, message, assertionResults } of testResults) {
		const failed = assertionResults.filter(({ status }) => status === 'failed');
		for (const { fullName, failureMessages } of failed)
			failures.push(`${name}: ${fullName}\n${(failureMessages[0] ?? '').slice(0, 1_500)}`);
		if (assertionResults.length === 0 && message)
			failures.push(`${name}: ${message.slice(0, 1_500)}`);
	}
}

/**
 * Vitest, counted from its JSON report; a crash without a report is one failure.
 * @param {string} name of the step
 * @param {...string} projects
 * @returns {Tally}
 */
function vitest(name, ...projects) {
	const file = `${RESULTS}/${name}.json`;
	const code = run(npx, [
		'vitest',
		'run',
		...projects.map((project) => `--project=${project}`),
		'--reporter=default',
		'--reporter=json',
		`--outputFile=${file}`,
	]);
	if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
	const report = JSON.parse(readFileSync(file, 'utf8'));
	noteFailures(report);
	const failed = report.numFailedTests || (code === 0 ? 0 : 1);
	return {
		passed: report.numPassedTests,
		failed,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

/** @returns {Tally} */
function playwright() {
	const file = `${RESULTS}/e2e.json`;
	const code = run(npx, ['playwright', 'test', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: file,
	});
	if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
	const { stats } = JSON.parse(readFileSync(file, 'utf8'));
	const failed = stats.unexpected || (code === 0 ? 0 : 1);
	return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

/** The oracle runner closes with its own count. @returns {Tally} */
function oracles() {
	const result = spawnSync(npx, ['tsx', 'scripts/oracles/run.ts'], {
		encoding: 'utf8',
		maxBuffer: 64 * 2 ** 20,
		shell: process.platform === 'win32',
	});
	process.stdout.write(result.stdout);
	process.stderr.write(result.stderr);
	const counts = /^(\d+) passed, (\d+) failed, (\d+) skipped\s*$/m.exec(result.stdout);
	if (!counts) return { passed: 0, failed: 1, skipped: 0 };
	const [, passed, failed, skipped] = counts.map(Number);
	return {
		passed: passed ?? 0,
		failed: (failed ?? 0) || (result.status === 0 ? 0 : 1),
		skipped: skipped ?? 0,
	};
}

/** @typedef {readonly [name: string, run: () => Tally | Promise<Tally>]} Step */

/** Of one thread each, so two lanes of them run side by side. @type {readonly (readonly Step[])[]} */
const LANES = [
	[
		['format', () => check('format', npx, ['prettier', '--check', '--log-level', 'warn', '.'])],
		['lint', () => check('lint', npx, ['eslint', '.', '--max-warnings', '0'])],
	],
	[
		['types', () => check('types', 'npm', ['run', '--silent', 'check'])],
		['build', () => check('build', 'npm', ['run', '--silent', 'build'])],
		['size', () => check('size', 'node', ['scripts/size.mjs'])],
	],
];

/** @type {readonly Step[]} */
const TESTS = [
	['unit', () => vitest('unit', 'pure', 'server')],
	['oracles', oracles],
	['browser', () => vitest('browser', 'browser')],
	['end-to-end', playwright],
];

/**
 * @param {readonly Step[]} steps one after the other; all, or those named on the command line
 * @returns {Promise<[string, Tally, number][]>} with the seconds of each
 */
async function inOrder(steps) {
	const names = process.argv.slice(2);
	/** @type {[string, Tally, number][]} */
	const rows = [];
	for (const [name, step] of steps) {
		if (names.length > 0 && !names.includes(name)) continue;
		const begun = Date.now();
		rows.push([name, await step(), (Date.now() - begun) / 1000]);
	}
	return rows;
}

async function main() {
	install();
	ensureChromium();
	rmSync(RESULTS, { recursive: true, force: true });
	mkdirSync(RESULTS, { recursive: true });
	const rows = [...(await Promise.all(LANES.map(inOrder))).flat(), ...(await inOrder(TESTS))];
	console.log('');
	for (const [name, { passed, failed, skipped }, seconds] of rows) {
		console.log(
			`${name.padEnd(12)}${String(passed).padStart(6)} passed${String(failed).padStart(5)} failed${String(skipped).padStart(5)} skipped${seconds.toFixed(0).padStart(6)} s`,
		);
	}
	const total = rows.reduce(
		(sum, [, tally]) => ({
			passed: sum.passed + tally.passed,
			failed: sum.failed + tally.failed,
			skipped: sum.skipped + tally.skipped,
		}),
		{ passed: 0, failed: 0, skipped: 0 },
	);
	for (const failure of failures) console.log(`\nfailed: ${failure}`);
	const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
	console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
	process.exitCode = total.failed === 0 ? 0 : 1;
}

try {
	await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
}
