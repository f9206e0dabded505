/**
 * Kills the browser in the middle of training, again and again, and counts what is lost:
 * `npm run chaos -- [--kills 100] [--browser-share 0.1] [--longest 4000] [--seed 1] [--build FOLDER]
 * [--compare] [--control]`.
 *
 * One run of ICNet on digits is trained on the processor, in epochs of about a second, on the built
 * site in a Chromium with a profile of its own. At random moments (0 to `longest` ms after the first
 * step) its renderer is crashed, or, in `browser-share` of the kills, every process of the browser is
 * killed (Linux). Then the site is opened again; what is stored is compared with what the page had
 * shown as saved before, and the run goes on. An epoch that was not shown yet may be lost; one that
 * was shown never. Ends with 1 when one was lost, or when the epochs have a gap. `--control` takes the
 * newest stored epoch away after every kill: a check that finds nothing then is none. `--compare`
 * trains the same run once more without a kill, and compares every epoch's figures bit by bit. It makes
 * a build when there is none. Each kill takes about 5 seconds.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serve } from '../serve.mjs';
import { tableOf, type Kill } from './table';
import { Victim } from './victim';

const { values } = parseArgs({
	options: {
		kills: { type: 'string', default: '100' },
		'browser-share': { type: 'string', default: '0.1' },
		longest: { type: 'string', default: '4000' },
		seed: { type: 'string', default: '1' },
		build: { type: 'string' },
		control: { type: 'boolean', default: false },
		compare: { type: 'boolean', default: false },
	},
});
const BUILD = fileURLToPath(new URL('../../build/', import.meta.url));

/** The same seed, the same moments; mulberry32. */
function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

async function killOnce(victim: Victim, random: () => number, before: number): Promise<Kill> {
	const browser = random() < Number(values['browser-share']);
	const wait = random() * Number(values.longest);
	const opened = performance.now();
	await victim.train();
	const ready = performance.now() - opened;
	await new Promise((resolve) => setTimeout(resolve, wait));
	await (browser ? victim.kill() : victim.crash());
	const told = Math.max(victim.told, before);
	await victim.open();
	const { epochs, count, problems } = await victim.stored(values.control);
	const there = new Set(epochs);
	const lost = Array.from({ length: told }, (_, i) => i + 1).filter((n) => !there.has(n));
	const dense = epochs.every((n, i) => n === i + 1) && count === epochs.length;
	const restored = problems.some((problem) => problem.includes('restored from the second copy'));
	return { browser, wait, ready, told, stored: epochs.length, lost: lost.length, dense, restored };
}

/** Trains without a kill what was trained with many. @returns how many epochs differ */
async function differences(calm: Victim, figures: readonly string[]): Promise<number> {
	try {
		await calm.open();
		await calm.train();
		await calm.untilTold(figures.length);
		await calm.crash();
		await calm.open();
		const whole = await calm.stored(false);
		const differ = figures.filter((figure, at) => figure !== whole.figures[at]).length;
		console.log(`Without a kill: ${differ} of ${figures.length} epochs have other figures.`);
		return differ;
	} finally {
		await calm.close();
	}
}

/** All kills, each told as it is done. */
async function killAll(victim: Victim, kills: Kill[]): Promise<void> {
	const random = seeded(Number(values.seed));
	await victim.open();
	for (let n = 1, stored = 0; n <= Number(values.kills); n++) {
		const kill = await killOnce(victim, random, stored);
		stored = kill.stored;
		kills.push(kill);
		const what = kill.browser ? 'browser' : 'renderer';
		console.log(`${n}: ${what}, shown ${kill.told}, stored ${kill.stored}, lost ${kill.lost}`);
	}
}

async function main(): Promise<number> {
	const build = values.build ?? BUILD;
	if (!existsSync(join(build, 'index.html')))
		if (spawnSync('npm', ['run', 'build'], { stdio: 'inherit' }).status !== 0) return 1;
	const place = mkdtempSync(join(tmpdir(), 'lemur-chaos-'));
	cpSync(build, join(place, 'site'), { recursive: true });
	const server = await serve({ port: 0, root: join(place, 'site') });
	const victim = new Victim(server.address, join(place, 'profile'));
	const kills: Kill[] = [];
	let differ = 0;
	try {
		await killAll(victim, kills);
		if (values.compare) {
			const calm = new Victim(server.address, join(place, 'calm'));
			differ = await differences(calm, (await victim.stored(false)).figures);
		}
	} finally {
		console.log(tableOf(kills));
		console.log(`Seed ${values.seed}, load average now ${(loadavg()[0] ?? NaN).toFixed(1)}.`);
		await victim.close();
		await server.close();
		rmSync(place, { recursive: true, force: true });
	}
	return differ > 0 || kills.some(({ lost, dense }) => lost > 0 || !dense) ? 1 : 0;
}

process.exitCode = await main();
