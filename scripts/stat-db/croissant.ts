/** The Croissant description (https://mlcommons.org/croissant) of the shipped files, from the manifest. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, Snapshot } from '../../src/lib/db/manifest';

/** How to cite LEMUR, as its authors ask for it. */
export const BIBTEX = `@article{ABrain.NN-Dataset,
  title={LEMUR Neural Network Dataset: Towards Seamless AutoML},
  author={Goodarzi, Arash Torabi and Kochnev, Roman and Khalid, Waleed and Qin, Furui and Uzun, Tolgay Atinc and Dhameliya, Yashkumar Sanjaybhai and Kathiriya, Yash Kanubhai and Bentyn, Zofia Antonina and Ignatov, Dmitry and Timofte, Radu},
  journal={arXiv preprint arXiv:2504.10552},
  year={2025}
}`;

/** Where the records come from. */
export const LEMUR_URL = 'https://github.com/ABrain-One/nn-dataset';

const CONTEXT = {
	'@language': 'en',
	'@vocab': 'https://schema.org/',
	citeAs: 'cr:citeAs',
	conformsTo: 'dct:conformsTo',
	cr: 'http://mlcommons.org/croissant/',
	dct: 'http://purl.org/dc/terms/',
	sc: 'https://schema.org/',
};

/** @param folder holds the files that the manifest names */
export function croissant(folder: string, manifest: Manifest): unknown {
	const { snapshots } = manifest;
	const [first] = snapshots;
	const shipped = snapshots.find(({ version }) => version === manifest.default) ?? first;
	return {
		'@context': CONTEXT,
		'@type': 'sc:Dataset',
		conformsTo: 'http://mlcommons.org/croissant/1.0',
		name: 'lemur-statistics',
		description: `Training records of LEMUR (nn-dataset): ${snapshots.map(sizeLine).join('; ')}. Each snapshot is one SQLite database, packed by gzip and cut into chunks.`,
		license: 'https://spdx.org/licenses/MIT.html',
		url: LEMUR_URL,
		creator: { '@type': 'sc:Organization', name: 'ABrain One and contributors' },
		datePublished: shipped?.date,
		version: shipped?.version,
		keywords: ['neural networks', 'AutoML', 'hyperparameters', 'learning curves'],
		citeAs: BIBTEX,
		distribution: [
			fileOf(folder, 'manifest.json'),
			...snapshots.flatMap((snapshot) => filesOf(snapshot)),
		],
	};
}

function sizeLine({ version, counts }: Snapshot): string {
	return `version ${version} with ${counts.trials} trials of ${counts.nets} nets`;
}

function fileOf(folder: string, name: string) {
	const bytes = readFileSync(join(folder, name));
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return fileObject(
		{ name, bytes: bytes.length, sha256 },
		'application/json',
		'Snapshots and their files',
	);
}

function filesOf({ version, chunks, summary }: Snapshot) {
	return [
		...chunks.map((chunk, i) =>
			fileObject(
				chunk,
				chunks.length === 1 ? 'application/gzip' : 'application/octet-stream',
				`Piece ${i + 1} of ${chunks.length} of the packed database of ${version}`,
			),
		),
		fileObject(summary, 'application/gzip', `Leaderboards of ${version} as packed JSON`),
	];
}

function fileObject(file: Snapshot['summary'], encodingFormat: string, description: string) {
	return {
		'@type': 'cr:FileObject',
		'@id': file.name,
		name: file.name,
		description,
		contentUrl: file.name,
		contentSize: `${file.bytes} B`,
		encodingFormat,
		sha256: file.sha256,
	};
}
