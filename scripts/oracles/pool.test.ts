import { describe, expect, it } from 'vitest';
import type { FileResult, Folders } from './execute';
import { runTasks, type OracleTask } from './pool';

const folders: Folders = { oracles: '', ownOracles: '', data: null, wheels: null };
const tasks: OracleTask[] = ['a', 'b', 'c', 'd'].map((file) => ({ area: 'area', file }));

function side(taken: string[], wait: () => Promise<void>) {
	return {
		async run({ area, file }: OracleTask): Promise<FileResult> {
			taken.push(file);
			await wait();
			return { area, file, passed: 1, failures: [], skips: [] };
		},
	};
}

describe('runTasks', () => {
	it('gives every file to one side, and results in the order of the files', async () => {
		const slow: string[] = [];
		const quick: string[] = [];
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const results = await runTasks(
			tasks,
			[
				side(slow, () => held),
				side(quick, async () => {
					if (quick.length === 3) release();
				}),
			],
			folders,
		);
		expect(results.map(({ file }) => file)).toEqual(['a', 'b', 'c', 'd']);
		expect(slow).toEqual(['a']);
		expect(quick).toEqual(['b', 'c', 'd']);
	});

	it('without a side every file has failed', async () => {
		const results = await runTasks(tasks, [], folders);
		expect(results.map(({ failures }) => failures.length)).toEqual([1, 1, 1, 1]);
	});
});
