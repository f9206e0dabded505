// Prints the gzip size of what a page needs before its first paint, per route, and fails above the budget.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

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

/** @param {string} path */
function packedSize(path) {
	return existsSync(path) ? gzipSync(readFileSync(path), { level: 9 }).length : 0;
}

/**
 * @param {string} [build] folder of a built site
 * @returns {{ page: string, bytes: number }[]} per page, what it needs before its first paint
 */
export function shellSizes(build = 'build') {
	return pages(build).map((page) => ({
		page: relative(build, page),
		bytes: firstFiles(page).reduce((sum, name) => sum + packedSize(join(build, name)), 0),
	}));
}

function main() {
	for (const { page, bytes } of shellSizes()) {
		const over = bytes > BUDGET;
		const verdict = over ? `over the budget of ${BUDGET / 1000} kB` : 'ok';
		if (over) process.exitCode = 1;
		console.log(`${page.padEnd(24)}${(bytes / 1000).toFixed(1).padStart(8)} kB  ${verdict}`);
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
