import { describe, expect, it } from 'vitest';
import { exclusiveBy, Journal } from './journal';
import { openOpfsFolders } from './opfs';

describe('folders in the browser’s private file system', () => {
	it('keep a journal each, and forget the one that is removed', async () => {
		const folders = await openOpfsFolders('lemur-test-folders');
		for (const name of await folders.list()) await folders.remove(name);
		const journal = async (name: string) =>
			new Journal({ files: await folders.open(name), exclusive: exclusiveBy('lemur-test') });
		await (await journal('abc')).append({ n: 1 }, { n: 2 });
		await (await journal('def')).append({ n: 3 });
		await (await journal('abc')).append({ n: 4 });
		expect(await folders.list()).toEqual(['abc', 'def']);
		const { entries, damaged } = await (await journal('abc')).read();
		expect([entries, damaged]).toEqual([[{ n: 1 }, { n: 2 }, { n: 4 }], 0]);
		await folders.remove('abc');
		await folders.remove('abc');
		expect(await folders.list()).toEqual(['def']);
		await folders.remove('def');
	});
});
