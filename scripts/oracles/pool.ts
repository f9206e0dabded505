/**
 * Oracle files over several processes: each takes the next file when it is done with one. What is in
 * a file and how it is checked is not known here.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FileResult, Folders } from './execute';
import { failedFile } from './runners';

export interface OracleTask {
	readonly area: string;
	readonly file: string;
}

export type ToSide = OracleTask & { readonly folders: Folders };

export type FromSide =
	| { type: 'ready'; areas: readonly string[]; failures: readonly FileResult[] }
	| { type: 'result'; result: FileResult };

/** A process that runs oracle files, one at a time. */
export interface Side {
	/** areas that have a runner */
	readonly areas: readonly string[];
	/** runners that could not be loaded */
	readonly failures: readonly FileResult[];
	/** A process that ends in the middle of a file is a failure of that file. */
	run(task: OracleTask, folders: Folders): Promise<FileResult>;
	end(): void;
}

/** @throws when the process ends before it has loaded its runners */
export async function startSide(): Promise<Side> {
	const child = fork(fileURLToPath(new URL('./side.ts', import.meta.url)));
	const ready = await nextMessage(child);
	if (ready?.type !== 'ready') throw new Error('A process for oracle files did not start.');
	return {
		areas: ready.areas,
		failures: ready.failures,
		async run({ area, file }, folders) {
			child.send({ area, file, folders } satisfies ToSide);
			const answer = await nextMessage(child);
			if (answer?.type === 'result') return answer.result;
			return failedFile(area, file, `its process ended with code ${child.exitCode}`);
		},
		end: () => void child.kill(),
	};
}

/** @returns results in the order of `tasks`; `sides` share them */
export async function runTasks(
	tasks: readonly OracleTask[],
	sides: readonly Pick<Side, 'run'>[],
	folders: Folders,
): Promise<FileResult[]> {
	const results = new Map<OracleTask, FileResult>();
	const waiting = [...tasks];
	await Promise.all(
		sides.map(async (side) => {
			for (let task = waiting.shift(); task; task = waiting.shift())
				results.set(task, await side.run(task, folders));
		}),
	);
	return tasks.map(
		(task) => results.get(task) ?? failedFile(task.area, task.file, 'no process was left for it'),
	);
}

/** The child's next message; undefined when it ended, or had ended, without one. */
function nextMessage(child: ChildProcess): Promise<FromSide | undefined> {
	if (child.exitCode !== null || !child.connected) return Promise.resolve(undefined);
	return new Promise((resolve) => {
		const done = (message?: FromSide) => {
			child.off('message', done);
			child.off('exit', ended);
			resolve(message);
		};
		const ended = () => done();
		child.on('message', done);
		child.on('exit', ended);
	});
}
