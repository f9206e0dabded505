// Prints the gzip size of what a page needs before its first paint, per route, and fails above the budget.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUILD = 'build';
/** bytes of JS and CSS, gzip -9, before the first paint of any page */
const BUDGET = 150_000;

/** @param {string} folder @returns {string[]} */
function pages(folder) {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory())
			return name === '_app' || name === 'stat-db' ? [] : pages(path);
		return name.endsWith('.html') ? [path] : [];
	});
}

/** The files an HTML page names in its head: styles and module preloads, which include the entry's imports.
 * @param {string} page */
function firstFiles(page) {
	const html = readFileSync(page, 'utf8');
	const names = [...html.matchAll(/(?:href|src|import)\s*[=(]\s*"([^"]+\.(?:js|css))"/g)].map(
		(match) => match[1] ?? '',
	);
	return [
		...new Set(
			names
				.map((name) => name.slice(name.indexOf('_app/')))
				.filter((name) => name.startsWith('_app/')),
		),
	];
}

/** @param {string} name */
function packedSize(name) {
	const path = join(BUILD, name);
	return existsSync(path) ? gzipSync(readFileSync(path), { level: 9 }).length : 0;
}

let over = false;
for (const page of pages(BUILD)) {
	const bytes = firstFiles(page).reduce((sum, name) => sum + packedSize(name), 0);
	const verdict = bytes > BUDGET ? `over the budget of ${BUDGET / 1000} kB` : 'ok';
	over ||= bytes > BUDGET;
	console.log(
		`${relative(BUILD, page).padEnd(24)}${(bytes / 1000).toFixed(1).padStart(8)} kB  ${verdict}`,
	);
}
process.exitCode = over ? 1 : 0;
