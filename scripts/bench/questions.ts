/** On the explore page: how long a changed filter and a sort take, by the page's own controls. */
import type { Page } from '@playwright/test';
import type { ColumnId } from '../../src/lib/stats/fields';
import type { Filter } from '../../src/lib/stats/filter';
import { printLink } from '../../src/lib/url/codec';
import { DEFAULT_VIEW } from '../../src/lib/url/view';
import type { ChangeTime } from './probe';
import { untilQuiet } from './site';
import type { Shipped } from './shipped';

/** One change with what caused it. */
export interface Change extends ChangeTime {
	readonly what: string;
	/** ms per request to the worker from sending to answer; they wait for one another */
	readonly exchanges: readonly { readonly kind: string; readonly ms: number }[];
}

/** Asks for what belongs to a change once everything that it set off has been answered. */
async function finish(page: Page, what: string, time: ChangeTime): Promise<Change> {
	await untilQuiet(page);
	const exchanges = await page.evaluate(
		({ from, to }) =>
			globalThis.benchProbe.exchanges
				.filter(({ sent, answered }) => sent >= from && answered <= to)
				.map(({ kind, sent, answered }) => ({ kind, ms: answered - sent })),
		{ from: time.start, to: time.start + time.painted },
	);
	return { ...time, what, exchanges };
}

/** Times each filter from the change of the address to the painted facets and rows. */
export async function timeFilters(
	page: Page,
	{ snapshot }: Shipped,
	filters: readonly Filter[],
): Promise<Change[]> {
	const changes: Change[] = [];
	for (const filter of filters) {
		const { fragment } = printLink({ ...DEFAULT_VIEW, snapshot, filter });
		await untilQuiet(page);
		const time = await page.evaluate(
			(hash) => globalThis.benchProbe.change(() => (location.hash = hash), 'table and facets'),
			fragment,
		);
		changes.push(await finish(page, JSON.stringify(filter), time));
	}
	return changes;
}

/** Times clicks on facet values: each of the first few is ticked and unticked again. */
export async function timeTicks(page: Page, count: number): Promise<Change[]> {
	await page.evaluate(() => (location.hash = ''));
	await untilQuiet(page);
	const boxes = page.locator('aside details[open] fieldset input[type=checkbox]:enabled');
	const names = await boxes.evaluateAll((all) =>
		all.map((box) => box.parentElement?.querySelector('.name')?.getAttribute('title') ?? ''),
	);
	const changes: Change[] = [];
	for (const name of names.slice(0, count)) {
		for (const way of ['tick', 'untick']) {
			const time = await page.evaluate((title) => {
				const label = document.querySelector(`aside fieldset [title="${CSS.escape(title)}"]`);
				const box = label?.parentElement?.querySelector('input');
				return globalThis.benchProbe.change(() => box?.click(), 'table and facets');
			}, name);
			changes.push(await finish(page, `${way} ${name}`, time));
		}
	}
	return changes;
}

/** Times the first click on the head of each column, all rows: the column is added for it. */
export async function timeSorts(page: Page, { snapshot, columns }: Shipped): Promise<Change[]> {
	const changes: Change[] = [];
	for (const column of columns) {
		const shown: ColumnId[] = column === 'nn' ? ['nn'] : ['nn', column];
		const { fragment } = printLink({ ...DEFAULT_VIEW, snapshot, columns: shown });
		await page.evaluate((hash) => (location.hash = hash), fragment);
		await page.locator(`[data-menu="${column}"]`).waitFor();
		await untilQuiet(page);
		const time = await page.evaluate((id) => {
			const menu = document.querySelector(`[data-menu="${CSS.escape(id)}"]`);
			const name = menu?.parentElement?.querySelector<HTMLElement>('.name');
			return globalThis.benchProbe.change(() => name?.click(), 'table');
		}, column);
		changes.push(await finish(page, column, time));
	}
	return changes;
}
