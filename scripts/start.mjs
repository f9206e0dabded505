// `npm start`: installs what is missing, builds the site and serves it.
import { install, run, runScript } from './install.mjs';

try {
	install();
	if (runScript('build') !== 0) throw new Error('The build failed; see the messages above.');
	process.exitCode = run(process.execPath, ['scripts/serve.mjs']);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
