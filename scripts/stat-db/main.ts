/**
 * `npm run stat-db -- --wheel FILE…`: wheels of nn-dataset in, static/stat-db out.
 * The same wheel gives the same bytes.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './run';

const USAGE = `npm run stat-db -- --wheel FILE [FILE…] [--out DIR] [--default VERSION]`;
const OUT = fileURLToPath(new URL('../../static/stat-db', import.meta.url));

try {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			wheel: { type: 'string', multiple: true },
			out: { type: 'string' },
			default: { type: 'string' },
		},
	});
	const wheels = [...(values.wheel ?? []), ...positionals];
	if (wheels.length === 0) throw new Error(`No wheel was named.\n${USAGE}`);
	await run(wheels, values.out ?? OUT, values.default, (line) => console.error(line));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
