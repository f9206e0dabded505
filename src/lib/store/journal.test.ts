import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryFiles, type FilesFault } from './files';
import { exclusiveBy, Journal } from './journal';

const NONE = undefined as unknown as LockManager;

function setUp(contents = new Map<string, Uint8Array>(), fault?: FilesFault, limit?: number) {
	const journal = new Journal({
		files: createMemoryFiles(contents, fault),
		exclusive: exclusiveBy('', NONE),
		compact: (entries) => entries.slice(-2),
		...(limit === undefined ? {} : { limit }),
	});
	return { journal, contents };
}

describe('Journal', () => {
	it('gives back what was added, in order, also to another', async () => {
		const { journal, contents } = setUp();
		expect(await journal.read()).toEqual({ entries: [], damaged: 0 });
		const entries = [{ a: 1 }, 'a\nb', null, { ä: ['🦄'] }];
		for (const entry of entries) await journal.append(entry);
		expect(await setUp(contents).journal.read()).toEqual({ entries, damaged: 0 });
	});

	it('two tabs write by turns and lose nothing', async () => {
		const contents = new Map<string, Uint8Array>();
		const [a, b] = [setUp(contents).journal, setUp(contents).journal];
		for (let n = 0; n < 6; n++) await (n % 2 ? a : b).append(n);
		expect((await a.read()).entries).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it('cuts a torn end before it writes on, wherever it tore', async () => {
		for (let share = 0; share < 1; share += 0.05) {
			const { journal, contents } = setUp(new Map(), { at: 2, kind: 'torn', share });
			await journal.append({ n: 1 });
			await expect(journal.append({ n: 2 })).rejects.toThrow();
			const reopened = setUp(contents).journal;
			expect((await reopened.read()).entries).toEqual([{ n: 1 }]);
			await reopened.append({ n: 3 });
			expect(await reopened.read()).toEqual({ entries: [{ n: 1 }, { n: 3 }], damaged: 0 });
			await journal.append({ n: 4 }); // the one that failed goes on as well
			expect((await reopened.read()).entries).toEqual([{ n: 1 }, { n: 3 }, { n: 4 }]);
		}
	});

	it('finds every changed bit and keeps all other lines', async () => {
		const { journal, contents } = setUp();
		for (let n = 0; n < 5; n++) await journal.append({ n, text: 'abcdefgh' });
		const [[name, whole]] = [...contents] as [[string, Uint8Array]];
		await fc.assert(
			fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
				const bytes = whole.slice();
				bytes[at]! ^= 1 << bit;
				const { entries, damaged } = await setUp(new Map([[name, bytes]])).journal.read();
				// A line feed that came or went makes two lines of one, or one of two.
				expect(damaged + 5 - entries.length).toBeGreaterThan(0);
				expect(entries.length).toBeGreaterThanOrEqual(3);
				for (const entry of entries) expect(entry).toMatchObject({ text: 'abcdefgh' });
			}),
			{ numRuns: 300 },
		);
	});

	it('begins anew when it is full, with what says the same', async () => {
		const { journal, contents } = setUp(new Map(), undefined, 100);
		for (let n = 0; n < 30; n++) await journal.append(n);
		expect([...contents.keys()]).toHaveLength(1);
		const { entries } = await journal.read();
		expect(entries.at(-1)).toBe(29);
		expect([...contents.values()][0]!.length).toBeLessThanOrEqual(100);
	});

	it('a crash while it begins anew leaves everything', async () => {
		const { journal, contents } = setUp(new Map(), { at: 10, kind: 'torn' }, 100);
		let written = 0;
		for (; written < 30; written++)
			try {
				await journal.append(written);
			} catch {
				break;
			}
		expect(written).toBe(9); // the tenth line does not fit any more
		expect(contents.size).toBe(2);
		expect((await setUp(contents).journal.read()).entries).toContain(written - 1);
	});

	it('a full disk is said and changes nothing', async () => {
		const { journal } = setUp(new Map(), { at: 2, kind: 'full', sticky: true });
		await journal.append(1);
		await expect(journal.append(2)).rejects.toMatchObject({ code: 'STORE_QUOTA' });
		expect((await journal.read()).entries).toEqual([1]);
	});

	it('without a rule what says the same, a full file is followed by the next', async () => {
		const contents = new Map<string, Uint8Array>();
		const exclusive = exclusiveBy('', NONE);
		const open = () => new Journal({ files: createMemoryFiles(contents), exclusive, limit: 100 });
		const entries = Array.from({ length: 40 }, (_, n) => ({ n }));
		const journal = open();
		await journal.append(...entries.slice(0, 30));
		await journal.append({ n: 30, long: 'x'.repeat(200) });
		await open().append(...entries.slice(31));
		await journal.append();
		expect((await open().read()).entries.map((entry) => (entry as { n: number }).n)).toEqual(
			entries.map(({ n }) => n),
		);
		expect(contents.size).toBeGreaterThan(5);
		const longest = Math.max(...[...contents.values()].map(({ length }) => length));
		expect(longest).toBeLessThan(250);
	});
});
