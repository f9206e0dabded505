// `npm test`: installs what is missing, then runs every check and prints one closing line.
// A step that fails does not stop the later ones, so one run shows all that is wrong.
import { spawnSync } from 'node:child_process';
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
 * A step without a count of its own: one check, passed or failed.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Tally}
 */
function check(command, args) {
	const ok = run(command, args) === 0;
	return { passed: Number(ok), failed: Number(!ok), skipped: 0 };
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
 * @param {string} project
 * @returns {Tally}
 */
function vitest(project) {
	const file = `${RESULTS}/${project}.json`;
	const code = run(npx, [
		'vitest',
		'run',
		'--project',
		project,
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

/** @type {readonly (readonly [string, () => Tally])[]} */
const STEPS = [
	['format', () => check(npx, ['prettier', '--check', '--log-level', 'warn', '.'])],
	['lint', () => check(npx, ['eslint', '.', '--max-warnings', '0'])],
	['types', () => check('npm', ['run', '--silent', 'check'])],
	['unit', () => vitest('server')],
	['oracles', oracles],
	['build', () => check('npm', ['run', '--silent', 'build'])],
	['size', () => check('node', ['scripts/size.mjs'])],
	['browser', () => vitest('browser')],
	['end-to-end', playwright],
];

/** @returns {readonly (readonly [string, () => Tally])[]} all steps, or those named on the command line */
function chosenSteps() {
	const names = process.argv.slice(2);
	return names.length === 0 ? STEPS : STEPS.filter(([name]) => names.includes(name));
}

function main() {
	install();
	ensureChromium();
	rmSync(RESULTS, { recursive: true, force: true });
	mkdirSync(RESULTS, { recursive: true });
	/** @type {[string, Tally, number][]} */
	const rows = chosenSteps().map(([name, step]) => {
		console.log(`\n── ${name} ──`);
		const begun = Date.now();
		return [name, step(), (Date.now() - begun) / 1000];
	});
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
	main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
}
