/** One repeat: a new visitor comes twice, explores, scrolls, and asks the same of sqlite. */
import type { Page } from '@playwright/test';
import type { Filter } from '../../src/lib/stats/filter';
import { FILTERS } from './filters';
import { heapBytes, sampleMemory, type MemorySampler } from './memory';
import { timeFilters, timeSorts, timeTicks, type Change } from './questions';
import { atRest, sweepOverAll, fling, type Scrolling } from './scrolling';
import type { Shipped } from './shipped';
import { newVisitor, openPage, untilQuiet, type Site } from './site';
import { askFilter, askSort, warmUp } from './statements';
import { visit, type Visit } from './visits';

export interface Memory {
	readonly opening: number;
	readonly filtering: number;
	readonly sorting: number;
	readonly scrolling: number;
	readonly heap: number;
}

export interface Run {
	readonly first: Visit;
	readonly second: Visit;
	readonly filters: readonly Change[];
	readonly ticks: readonly Change[];
	readonly sorts: readonly Change[];
	readonly rest: Scrolling;
	readonly sweep: Scrolling;
	readonly fling: Scrolling;
	/** peaks of the tab's private memory by what was done, and the page's own heap at the end; bytes */
	readonly memory: Memory;
	/** ms of sqlite for the same questions, by the name of the change */
	readonly sqlFilters: ReadonlyMap<string, number>;
	readonly sqlSorts: ReadonlyMap<string, number>;
}

/** Some of the questions are put to sqlite too; it would take minutes for all. */
const SQL_FILTERS: readonly Filter[] = FILTERS.filter((_, i) => i % 10 === 2);
const SQL_SORTS = ['nn', 'accuracy', 'duration'];
/** facet values ticked and unticked */
const TICKS = 8;

export async function runOnce(site: Site, shipped: Shipped): Promise<Run> {
	const context = await newVisitor(site);
	const memory = await sampleMemory(site.browser);
	try {
		const first = await visit(context, site.address);
		const opening = memory.peak();
		await first.page.close();
		const second = await visit(context, site.address);
		await second.page.close();
		const page = await openPage(context, `${site.address}explore/`);
		await page.locator('.totals').waitFor();
		await untilQuiet(page);
		memory.peak();
		const { peaks, ...explored } = await explore(page, shipped, memory);
		const kept = { opening, ...peaks, heap: await heapBytes(page) };
		const asked = await askSqlite(page);
		return { first: first.times, second: second.times, ...explored, memory: kept, ...asked };
	} finally {
		await memory.stop();
		await context.close();
	}
}

async function explore(page: Page, shipped: Shipped, memory: MemorySampler) {
	const filters = await timeFilters(page, shipped, FILTERS);
	const ticks = await timeTicks(page, TICKS);
	const filtering = memory.peak();
	const sorts = await timeSorts(page, shipped);
	const sorting = memory.peak();
	await page.evaluate(() => (location.hash = ''));
	await untilQuiet(page);
	const scrolls = {
		rest: await atRest(page),
		sweep: await sweepOverAll(page),
		fling: await fling(page),
	};
	const peaks = { filtering, sorting, scrolling: memory.peak() };
	return { filters, ticks, sorts, ...scrolls, peaks };
}

async function askSqlite(page: Page) {
	await warmUp(page);
	const sqlFilters = new Map<string, number>();
	for (const filter of SQL_FILTERS)
		sqlFilters.set(JSON.stringify(filter), await askFilter(page, filter));
	const sqlSorts = new Map<string, number>();
	for (const column of SQL_SORTS) sqlSorts.set(column, await askSort(page, column));
	return { sqlFilters, sqlSorts };
}
