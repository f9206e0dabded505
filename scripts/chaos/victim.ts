/**
 * A Chromium with a profile of its own that trains on the built site and is killed: its renderer as by
 * a crash, or every process of it at once. What it told before, and what is there afterwards.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { printFragment } from '../../src/lib/url/codec';
import { DEFAULT_VIEW } from '../../src/lib/url/view';
import { chromiumArgs, findChromium } from '../chromium.mjs';

/** What is stored of the one run, as a page finds it that was opened anew. */
export interface Stored {
	/** numbers of the epochs, in order */
	readonly epochs: readonly number[];
	/** what the run's row says */
	readonly count: number;
	/** of each epoch: accuracy and losses as text, so that equal is equal to the last bit */
	readonly figures: readonly string[];
	/** what the page says it had to mend */
	readonly problems: readonly string[];
}

const LONG = { timeout: 120_000 } as const;
/** Epochs of a second or less, without end: many chances to lose one. */
const SETUP = {
	...{ dataset: 'digits', nn: 'ICNet', transform: 'norm', epochs: 10_000, gate: false },
	...{ trainLimit: 64, testLimit: 32, prm: { lr: 0.05, momentum: 0.9, batch: 16 } },
};

export class Victim {
	readonly #address: string;
	readonly #profile: string;
	#context: BrowserContext | undefined;
	#page: Page | undefined;
	/** epochs that the page showed as saved, in this life */
	#told: number[] = [];

	/** @param address of the site, with its last slash @param profile folder of the browser's data */
	constructor(address: string, profile: string) {
		this.#address = address;
		this.#profile = profile;
	}

	/** the last epoch that was shown as saved since the page was opened; 0: none */
	get told(): number {
		return Math.max(0, ...this.#told);
	}

	/** Opens the training room, in a new browser where there is none. */
	async open(): Promise<void> {
		this.#told = [];
		this.#context ??= await this.#launch();
		this.#page = await this.#context.newPage();
		await this.#page.goto(
			`${this.#address}train/#${printFragment({ ...DEFAULT_VIEW, train: SETUP })}`,
			LONG,
		);
	}

	/** Starts the run, or goes on with it; resolves when a step was trained. */
	async train(): Promise<void> {
		const page = this.#opened();
		const goOn = page.getByRole('button', { name: /^Go on from/ });
		const start = page.getByRole('button', { name: 'Start training' });
		const isThere = (await goOn.count()) > 0;
		await (isThere ? goOn.first() : start).click(LONG);
		await page.locator('.line[data-state=training]').waitFor({ ...LONG, state: 'attached' });
	}

	/**
	 * Reads what is stored, after the page has mended what it found.
	 * @param robbed takes the newest epoch out of the database before
	 */
	async stored(robbed: boolean): Promise<Stored> {
		const page = this.#opened();
		await page
			.getByRole('button', { name: /^Go on from/ })
			.first()
			.waitFor(LONG);
		const problems = await page.locator('section .notice').allTextContents();
		return { ...(await page.evaluate(readRun, robbed)), problems };
	}

	/** Resolves when so many epochs were shown as saved. */
	async untilTold(epochs: number): Promise<void> {
		while (this.told < epochs) await new Promise((resolve) => setTimeout(resolve, 200));
	}

	/** Ends the renderer as a crash does; the browser lives on. */
	async crash(): Promise<void> {
		const page = this.#opened();
		const crashed = new Promise((resolve) => page.once('crash', resolve));
		const session = await page.context().newCDPSession(page);
		// It never answers: whoever would is gone.
		void session.send('Page.crash').catch(() => undefined);
		await crashed;
		await page.close();
	}

	/** Ends every process of the browser at once, without a word to any of them. */
	async kill(): Promise<void> {
		const context = this.#context;
		const closed = new Promise((resolve) => context?.once('close', resolve));
		this.#context = undefined;
		for (const pid of processesOf(this.#profile)) killQuietly(pid);
		await closed;
	}

	async close(): Promise<void> {
		await this.#context?.close();
		for (const pid of processesOf(this.#profile)) killQuietly(pid);
	}

	#opened(): Page {
		if (this.#page) return this.#page;
		throw new Error('The page is not open.');
	}

	async #launch(): Promise<BrowserContext> {
		const executablePath = findChromium();
		if (!executablePath) throw new Error('There is no Chromium here: set CHROMIUM_PATH to one.');
		const context = await chromium.launchPersistentContext(this.#profile, {
			...{ executablePath, args: chromiumArgs, viewport: { width: 1280, height: 900 } },
		});
		await context.exposeFunction('lemurTold', (epoch: number) => void this.#told.push(epoch));
		// tsx names functions through a helper that a page does not have.
		await context.addInitScript('globalThis.__name = (named) => named;');
		await context.addInitScript(() => {
			localStorage.setItem('lemur:backend', 'cpu');
			let last = 0;
			new MutationObserver(() => {
				for (const line of document.querySelectorAll('[aria-label="Log of the trial"] li')) {
					const epoch = Number(/Epoch (\d+) saved/.exec(line.textContent ?? '')?.[1] ?? 0);
					if (epoch > last) globalThis.lemurTold((last = epoch));
				}
			}).observe(document, { childList: true, subtree: true });
		});
		return context;
	}
}

declare global {
	/** in the page */
	var lemurTold: (epoch: number) => void;
}

/** Runs in the page: the rows of the newest run, as they lie in the database. */
async function readRun(robbed: boolean): Promise<Omit<Stored, 'problems'>> {
	const done = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error('unreadable'));
		});
	const database = await done(indexedDB.open('lemur::v1'));
	try {
		const tx = database.transaction(['runs', 'epochs'], robbed ? 'readwrite' : 'readonly');
		const runs: { id: string; created: number; epochs: number }[] = await done(
			tx.objectStore('runs').getAll(),
		);
		if (robbed) {
			const keys = await done(tx.objectStore('epochs').getAllKeys());
			const newest = keys.at(-1);
			if (newest !== undefined) await done(tx.objectStore('epochs').delete(newest));
		}
		const rows: {
			run: string;
			epoch: number;
			accuracy: number;
			trainLoss: number | null;
			testLoss: number | null;
		}[] = await done(tx.objectStore('epochs').getAll());
		const [run] = runs.sort((a, b) => b.created - a.created);
		if (!run) return { epochs: [], count: 0, figures: [] };
		const own = rows.filter((row) => row.run === run.id).sort((a, b) => a.epoch - b.epoch);
		const figures = own.map(({ accuracy, trainLoss, testLoss }) =>
			[accuracy, trainLoss, testLoss].join(' '),
		);
		return { epochs: own.map(({ epoch }) => epoch), count: run.epochs, figures };
	} finally {
		database.close();
	}
}

/** @returns processes whose command line names the profile; Linux only, elsewhere none */
function processesOf(profile: string): number[] {
	let names: string[];
	try {
		names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	} catch {
		return [];
	}
	return names.map(Number).filter((pid) => {
		if (pid === process.pid) return false;
		try {
			return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`);
		} catch {
			return false;
		}
	});
}

function killQuietly(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It was gone already.
	}
}
