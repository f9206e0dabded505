/** What to cite: LEMUR's paper, and the snapshot that the numbers came from. */
import { escapeLatex } from './latex';

export interface CitedSnapshot {
	/** such as `2.1.2` */
	readonly version: string;
	/** sha256 of the database file, hex */
	readonly hash: string;
	/** address that shows the same rows */
	readonly link: string;
	/** ISO date of the snapshot, such as `2026-01-31` */
	readonly date: string;
}

const AUTHORS = [
	'Goodarzi, Arash Torabi',
	'Kochnev, Roman',
	'Khalid, Waleed',
	'Qin, Furui',
	'Uzun, Tolgay Atinc',
	'Dhameliya, Yashkumar Sanjaybhai',
	'Kathiriya, Yash Kanubhai',
	'Bentyn, Zofia Antonina',
	'Ignatov, Dmitry',
	'Timofte, Radu',
];

type Fields = Readonly<Record<string, string>>;

/** @returns two BibTeX entries; the address is kept whole but for characters that would end it */
export function bibtex({ version, hash, link, date }: CitedSnapshot): string {
	const paper = entry('article', 'lemur-dataset-2025', {
		title: '{LEMUR} Neural Network Dataset: Towards Seamless {AutoML}',
		author: AUTHORS.join(' and '),
		journal: 'arXiv preprint arXiv:2504.10552',
		year: '2025',
		eprint: '2504.10552',
		archiveprefix: 'arXiv',
	});
	const snapshot = entry('misc', `lemur-snapshot-${version.replace(/[^\w.-]/g, '-')}`, {
		title: `{LEMUR} statistics, snapshot ${escapeLatex(version)}`,
		author: '{ABrain One and contributors}',
		year: date.slice(0, 4).replace(/\D/g, ''),
		version: escapeLatex(version),
		note: `Dated ${escapeLatex(date)}; database SHA-256 ${escapeLatex(hash)}`,
		url: link.replace(/[{}\\\s]/gu, (character) => encodeURIComponent(character)),
	});
	return `${paper}\n${snapshot}`;
}

function entry(type: string, key: string, fields: Fields): string {
	const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`);
	return `@${type}{${key},\n${lines.join('')}}\n`;
}
