/** A process beside the runner's: runs one oracle file at a time, as it is asked (see pool.ts). */
import { runOracleFile, type Folders } from './execute';
import { failedFile, loadRunners } from './runners';
import type { FromSide, ToSide } from './pool';

const { runners, failures } = await loadRunners();
const send = (message: FromSide) => process.send?.(message);

process.on('message', (message: ToSide) => {
	void answer(message.area, message.file, message.folders);
});
send({ type: 'ready', areas: [...new Set(runners.map(({ area }) => area))], failures });

async function answer(area: string, file: string, folders: Folders): Promise<void> {
	const matching = runners.filter((runner) => runner.area === area && runner.file === file);
	const result =
		matching.length > 0
			? await runOracleFile(area, file, matching, folders)
			: failedFile(area, file, `no runner of the area '${area}' reads this file`);
	send({ type: 'result', result });
}
