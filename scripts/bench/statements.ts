/** The same questions asked of sqlite, one statement per panel: what a page that sends SQL would do. */
import type { Page } from '@playwright/test';
import type { Filter } from '../../src/lib/stats/filter';
import { toSql } from '../../src/lib/stats/print/sql';

const FACETS = ['task', 'dataset', 'metric', 'nn', 'lemur_family(nn)', 'transform'];
const FIRST_ROWS = 64;
/** ms per statement */
const PATIENCE = 60_000;

/** Runs statements one after the other in the page's SQL worker. @returns ms for all of them */
async function run(page: Page, statements: readonly string[]): Promise<number> {
	return page.evaluate(
		async ({ texts, timeout }) => {
			const start = performance.now();
			for (const text of texts) await globalThis.lemur?.sql(text, [], { timeout });
			return performance.now() - start;
		},
		{ texts: statements, timeout: PATIENCE },
	);
}

/** Makes the SQL worker open its database, so that no question pays for it. */
export async function warmUp(page: Page): Promise<void> {
	await run(page, ['SELECT count(*) FROM stat']);
}

/** Facet counts, total and first rows of a filter. */
export function askFilter(page: Page, filter: Filter): Promise<number> {
	const rows = toSql(filter);
	const facets = FACETS.map(
		(field) =>
			`SELECT ${field} AS value, count(*) AS n FROM (\n${rows}\n) GROUP BY 1 ORDER BY 2 DESC`,
	);
	return run(page, [
		...facets,
		`SELECT count(*) FROM (\n${rows}\n)`,
		`SELECT * FROM (\n${rows}\n) ORDER BY accuracy DESC LIMIT ${FIRST_ROWS}`,
	]);
}

/** The first rows of all, sorted by one of LEMUR's columns. */
export function askSort(page: Page, column: string): Promise<number> {
	return run(page, [`SELECT * FROM stat ORDER BY ${column} DESC LIMIT ${FIRST_ROWS}`]);
}
