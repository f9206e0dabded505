/**
 * `npm run datasets`: writes MNIST into static/datasets, unless it is there; the build does it too.
 * `npm run datasets -- --digits digits.csv.gz --source NAME`: writes the digits anew, which are
 * committed; NAME says where the file was taken from.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDigits } from './digits';
import { writeMnist } from './mnist';

const folderOf = (id: string) =>
	fileURLToPath(new URL(`../../static/datasets/${id}`, import.meta.url));

try {
	const { values } = parseArgs({
		options: { digits: { type: 'string' }, source: { type: 'string' } },
	});
	if (values.digits) {
		const { mean, std } = await writeDigits(
			folderOf('digits'),
			values.digits,
			values.source ?? 'scikit-learn',
		);
		console.log(`digits: mean ${mean.toFixed(4)}, deviation ${std.toFixed(4)}`);
	}
	if (await writeMnist(folderOf('mnist')))
		console.log('MNIST was written to static/datasets/mnist.');
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
