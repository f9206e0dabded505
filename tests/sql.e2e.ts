/** The SQL room: LEMUR's own tables, named parameters, links that wait, statements that never end. */
import { PATIENCE, ready } from './support/explore';
import { CIFAR10, LEMUR } from './support/golden';
import { expect, test, type Page } from './support/watch';

const ENDLESS =
	'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';

function editor(page: Page) {
	return page.locator('.cm-content');
}

function result(page: Page) {
	return page.getByRole('region', { name: 'Result' });
}

function status(page: Page) {
	return page.getByTestId('sql-status');
}

async function run(page: Page, sql?: string): Promise<void> {
	if (sql !== undefined) await editor(page).fill(sql);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
}

test('runs statements on LEMUR’s tables, with named parameters', async ({ page }) => {
	await page.goto('/sql/');
	await ready(page);

	await test.step('the filter is there as SQL, not run', async () => {
		await expect(editor(page)).toContainText('FROM stat AS s');
		await expect(result(page)).toHaveCount(0);
	});

	await test.step('an example with parameters', async () => {
		await page.getByLabel('Example').selectOption({ label: 'Leaderboard of one dataset' });
		await expect(page.getByLabel(':dataset')).toHaveValue('cifar-10');
		await run(page);
		await expect(status(page)).toContainText('20 rows in', PATIENCE);
		const first = result(page).getByRole('row').nth(1);
		await expect(first).toContainText(CIFAR10.best.nn);
		await expect(first).toContainText(String(CIFAR10.best.accuracy));
		await page.getByLabel(':dataset').fill('no such dataset');
		await run(page);
		await expect(status(page)).toContainText('0 rows', PATIENCE);
	});

	await test.step('by keyboard', async () => {
		await editor(page).fill('SELECT count(*) AS trials, count(DISTINCT nn) AS nets FROM stat');
		await page.keyboard.press('Control+Enter');
		await expect(result(page).getByRole('row').nth(1)).toHaveText(
			new RegExp(`${LEMUR.trials}\\s*${LEMUR.nets}`),
			PATIENCE,
		);
	});

	await test.step('a table of the list beside it', async () => {
		await page
			.getByRole('complementary', { name: 'Tables' })
			.getByText('run', { exact: true })
			.click();
		await run(page);
		await expect(status(page)).toContainText('20 rows', PATIENCE);
	});
});

test('refuses in words what is not one reading statement, and says what is wrong', async ({
	page,
}) => {
	await page.goto('/sql/');
	await ready(page);
	const cases: readonly (readonly [string, RegExp])[] = [
		['DROP TABLE trial', /Only SELECT, WITH, VALUES and EXPLAIN of these run here, not DROP\./],
		['SELECT 1; SELECT 2', /One statement runs at a time/],
		['PRAGMA writable_schema = 1', /not PRAGMA\./],
		["ATTACH 'x.db' AS x", /not ATTACH\./],
		['SELECT * FORM stat', /near "FORM": syntax error/],
		['SELECT accurracy FROM stat', /no such column: accurracy/],
		["SELECT load_extension('x')", /load_extension is not available here/],
	];
	for (const [sql, words] of cases) {
		await run(page, sql);
		await expect(page.getByRole('alert'), sql).toContainText(words, PATIENCE);
		await expect(page.getByRole('alert')).not.toContainText('Something went wrong');
		await expect(result(page)).toHaveCount(0);
		const place = sql.includes('FORM') ? 'FORM' : sql.includes('accurracy') ? 'accurracy' : '';
		if (place) await expect(page.locator('.cm-mistake')).toHaveText(place);
	}
	await run(page, 'SELECT count(*) FROM stat');
	await expect(result(page)).toContainText(String(LEMUR.trials), PATIENCE);
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect(page.locator('.cm-mistake')).toHaveCount(0);
});

test('a link’s statement waits for Run; an endless one is stopped and the room is ready again', async ({
	page,
}) => {
	await page.goto('/sql/');
	await ready(page);
	const hash = await page.evaluate((sql) => lemur.link({ sql }), ENDLESS);
	await page.goto('about:blank');
	await page.goto(`/sql/${hash}`);
	await ready(page);

	await test.step('nothing runs by itself', async () => {
		await expect(page.getByRole('note')).toContainText('Nothing has been run');
		await expect(editor(page)).toContainText('WITH RECURSIVE');
		await expect(page.getByRole('button', { name: 'Cancel' })).toBeDisabled();
		await expect(status(page)).toHaveText('');
		await expect(result(page)).toHaveCount(0);
	});

	await test.step('Cancel ends it, the data is here again', async () => {
		await run(page);
		await expect(status(page)).toHaveText('Running…');
		await page.getByRole('button', { name: 'Cancel' }).click();
		await expect(page.getByRole('alert')).toContainText('You stopped the statement');
		await expect(status(page)).toHaveText(/^Stopped; ready again after \d+\.\d s$/, PATIENCE);
		await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
		await run(page, 'SELECT count(*) FROM stat');
		await expect(result(page)).toContainText(String(LEMUR.trials), PATIENCE);
	});

	await test.step('so does its limit', async () => {
		await run(page, ENDLESS);
		await expect(page.getByRole('alert')).toContainText('10 s', PATIENCE);
		await expect(page.getByRole('alert')).toContainText('SQL_LIMIT');
		await run(page, 'SELECT 42');
		await expect(result(page)).toContainText('42', PATIENCE);
	});
});
