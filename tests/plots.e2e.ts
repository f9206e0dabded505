/** Plots: gallery, one plot large, zoom, brush, legend, keyboard, files, embedding. */
import aggregates from './oracles/stats/aggregates.json' with { type: 'json' };
import { PLOT_IDS } from '../src/lib/stats/plots/ids';
import { PLOTS } from '../src/lib/stats/plots/registry';
import { toSql } from '../src/lib/stats/print/sql';
import { readMetadata } from '../src/lib/picture/png-metadata';
import { violations } from './support/axe';
import { chips, fragment, heading, PATIENCE, settled, total } from './support/explore';
import {
	chart,
	drag,
	drawn,
	openGallery,
	openPlot,
	plotLink,
	savedColumns,
	savePlot,
	tableCells,
} from './support/plots';
import { expect as base, test, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });
const SPECS = PLOT_IDS.map((id) => PLOTS[id]);
const CIFAR10 = 'task=img-classification&dataset=cifar-10';

test.describe.configure({ mode: 'parallel', timeout: 240_000 });

/** Violations of the content policy from a page's first moment. */
async function policyViolations(page: Page): Promise<string[]> {
	const found: string[] = [];
	await page.exposeFunction('reportViolation', (line: string) => found.push(line));
	await page.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			const { reportViolation } = globalThis as unknown as {
				reportViolation(line: string): void;
			};
			reportViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
		});
	});
	return found;
}

test('the gallery has a picture of every plot, and the cards can be walked', async ({ page }) => {
	const broken = await policyViolations(page);
	await openGallery(page, CIFAR10);
	await expect(heading(page)).toContainText('cifar-10');
	const cards = page.locator('a.card');
	await expect(cards).toHaveCount(SPECS.length);
	for (const { title } of SPECS) {
		const card = cards.filter({ has: page.getByText(title, { exact: true }) });
		const picture = card.getByRole('img');
		await expect(picture, title).toHaveAttribute('alt', /.{20,}/);
		expect(await picture.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(360);
		await expect(card, title).toContainText(/[\d,]+ records/);
	}
	await cards.first().focus();
	await page.keyboard.press('ArrowRight');
	await expect(cards.nth(1)).toBeFocused();
	await page.keyboard.press('End');
	await expect(cards.last()).toBeFocused();
	await page.keyboard.press('Home');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 2, name: SPECS[0]?.title ?? '' })).toBeVisible();
	await drawn(page);
	await page.goBack();
	await expect(cards).toHaveCount(SPECS.length);
	expect(broken).toEqual([]);
});

test('every plot is drawn in the page, without a violation of the content policy', async ({
	page,
}) => {
	const broken = await policyViolations(page);
	for (const { id, title } of SPECS) {
		await openPlot(page, id, CIFAR10);
		await expect(page.getByRole('heading', { level: 2 }), id).toHaveText(title);
		await expect(chart(page).locator('.plotly svg').first()).toBeVisible();
		await expect(page.locator('figcaption p')).not.toBeEmpty();
	}
	expect(broken).toEqual([]);
});

test('a link opens the same plot, options and zoom in another profile', async ({ page, fresh }) => {
	await openPlot(page, 'rows-time', CIFAR10);
	await page.getByRole('radio', { name: 'LEMUR’s original' }).check();
	await drawn(page);
	await drag(page, [0.1, 0.1], [0.5, 0.6]);
	await expect.poll(() => fragment(page)).toContain('plotWindow=');
	await drawn(page);
	const link = page.url();
	expect(link).toContain('plotMode=lemur');
	const caption = await page.locator('figcaption').innerText();
	const other = await fresh({ colorScheme: 'dark' });
	await other.goto(link);
	await drawn(other);
	await expect(other.locator('figcaption')).toHaveText(caption, { useInnerText: true });
	await expect(other.getByRole('radio', { name: 'LEMUR’s original' })).toBeChecked();
	expect(await ranges(other)).toEqual(await ranges(page));
	expect(await fragment(other)).toBe(await fragment(page));
	await other.getByRole('button', { name: 'Reset zoom' }).click();
	await expect.poll(() => fragment(other)).not.toContain('plotWindow=');
});

/** Labels of the axes. */
async function ranges(page: Page): Promise<string[]> {
	return chart(page).locator('.xtick text, .ytick text').allTextContents();
}

test('a zoom asks for what lies in it: points instead of density', async ({ page }) => {
	await openPlot(page, 'rows-time');
	await expect(page.getByLabel('Notes on the plot')).toContainText('Density of all');
	await drag(page, [0.3, 0.05], [0.7, 0.5]);
	await expect(page.getByLabel('Notes on the plot')).toContainText('all of them are drawn');
	await drawn(page);
	await chart(page).locator('.nsewdrag').first().dblclick();
	await expect(page.getByLabel('Notes on the plot')).toContainText('Density of all');
});

test('a brush is a condition of the filter, with numbers and a way back', async ({ page }) => {
	await openPlot(page, 'rows-time', CIFAR10);
	const before = await total(page);
	await page.getByRole('button', { name: 'Filter by dragging' }).click();
	await drag(page, [0.1, 0.1], [0.5, 0.5]);
	await expect(chips(page).filter({ hasText: /^accuracy 0/ })).toHaveCount(1);
	await expect(chips(page).filter({ hasText: /^duration/ })).toHaveCount(1);
	await drawn(page);
	const after = await total(page);
	expect(after).toBeGreaterThan(0);
	expect(after).toBeLessThan(before);
	const { values, min, max } = await page.evaluate(async () => {
		const { filter } = lemur.state(location.hash).view;
		const blob = await lemur.export('csv', filter, { snapshot: '1.2.2' });
		const [head = '', ...lines] = (await blob.text()).trim().split('\r\n');
		const at = head.split(',').indexOf('accuracy');
		return { ...filter.accuracy, values: lines.map((line) => Number(line.split(',')[at])) };
	});
	expect(values).toHaveLength(after);
	expect(Math.min(...values)).toBeGreaterThanOrEqual(min ?? 1);
	expect(Math.max(...values)).toBeLessThanOrEqual(max ?? 0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(chips(page).filter({ hasText: /^accuracy 0/ })).toHaveCount(0);
	await drawn(page);
	expect(await total(page)).toBe(before);
});

test('a plot whose axes are no columns cannot be brushed, and says so', async ({ page }) => {
	await openPlot(page, 'correlation', CIFAR10);
	await expect(page.getByRole('button', { name: 'Filter by dragging' })).toBeDisabled();
});

test('a hyperparameter is chosen, kept in the link and brushed', async ({ page, fresh }) => {
	await openPlot(page, 'contour', CIFAR10);
	await expect(page.getByLabel('Hyperparameter up')).toBeDisabled();
	await page.getByLabel('Hyperparameter across').selectOption('momentum');
	await page.getByLabel('Hyperparameter up').selectOption('batch');
	await drawn(page);
	await expect(page.locator('figcaption')).toContainText('over momentum and batch');
	const other = await fresh();
	await other.goto(page.url());
	await drawn(other);
	await expect(other.getByLabel('Hyperparameter up')).toHaveValue('batch');

	await openPlot(page, 'slice', CIFAR10);
	await page.getByRole('combobox', { name: /^Hyperparameter/ }).selectOption('momentum');
	await expect(page.locator('figcaption')).toContainText('over momentum');
	await drawn(page);
	const before = await total(page);
	await page.getByRole('button', { name: 'Filter by dragging' }).click();
	await drag(page, [0.3, 0.02], [0.6, 0.98]);
	await expect(chips(page).filter({ hasText: 'momentum' })).toHaveCount(1);
	await drawn(page);
	const { filter } = await page.evaluate(() => lemur.state(location.hash).view);
	const sql = `SELECT min(p.value), max(p.value), count(*) FROM (${toSql(filter)}) AS s
		JOIN prm AS p ON p.uid = s.prm WHERE p.name = 'momentum'`;
	const [row = []] = await page.evaluate(
		async (text) => (await lemur.sql(text, [], { snapshot: '1.2.2' })).rows,
		sql,
	);
	const [least, most, records] = row.map(Number);
	const range = filter.prm?.['momentum'] as { min: number; max: number };
	expect(least).toBeGreaterThanOrEqual(range.min);
	expect(most).toBeLessThanOrEqual(range.max);
	expect(records).toBe(await total(page));
	expect(await total(page)).toBeLessThan(before);
});

test('parallel coordinates: chosen axes, and a file of every run', async ({ page }) => {
	await openPlot(page, 'parallel', CIFAR10);
	await page.getByRole('button', { name: /As the plot chooses/ }).click();
	await page.getByRole('checkbox', { name: 'batch', exact: true }).check();
	await expect.poll(() => fragment(page)).toContain('plotPrm=batch');
	await page.keyboard.press('Escape');
	await drawn(page);
	await expect(chart(page).locator('.xtick text')).toHaveText(['batch', 'Accuracy']);
	const columns = await savedColumns(page);
	const best = columns.get('Best Accuracy') ?? [];
	const runs = Number(
		(/^([\d,]+) runs/.exec(await page.locator('figcaption p').innerText())?.[1] ?? '').replaceAll(
			',',
			'',
		),
	);
	expect(best).toHaveLength(runs);
	expect(best).toEqual([...best].sort((a, b) => Number(b) - Number(a)));
});

test('the legend isolates a series and changes no number', async ({ page }) => {
	await openPlot(page, 'mean-std', CIFAR10);
	const before = await tableCells(page);
	const caption = await page.locator('figcaption').innerText();
	const legend = page.getByRole('list', { name: /^Series/ });
	const faint = () =>
		chart(page)
			.locator('.scatterlayer .trace')
			.evaluateAll(
				(all) => all.filter((one) => Number(getComputedStyle(one).opacity) < 0.5).length,
			);
	expect(await faint()).toBe(0);
	await legend.getByRole('button').nth(1).click();
	await expect.poll(faint).toBeGreaterThan(2);
	await expect(legend.getByRole('button', { pressed: true })).toHaveCount(1);
	expect(await tableCells(page)).toEqual(before);
	await expect(page.locator('figcaption')).toHaveText(caption, { useInnerText: true });
	await legend.getByRole('button').nth(1).click();
	await expect.poll(faint).toBe(0);
});

test('LEMUR’s rolling mean and the corrected one are those of the original', async ({ page }) => {
	const [group] = aggregates.versions['1.2.2'].rolling;
	if (!group) throw new Error('No rolling means in the facts.');
	// The second model is the first whose window runs into another model's epochs.
	const model = group.models[1];
	if (!model) throw new Error('One model only.');
	await openPlot(page, 'rolling-mean', `${CIFAR10}&plotTop=60`);
	await expectValues(page, model.nn, model.regrouped);
	await page.getByText('How the two differ').click();
	await expect(page.getByText(PLOTS['rolling-mean'].difference ?? '')).toBeVisible();
	await page.getByRole('radio', { name: 'LEMUR’s original' }).check();
	await drawn(page);
	await expectValues(page, model.nn, model.as_drawn);
	expect(model.as_drawn[0]).not.toBe(model.regrouped[0]);
});

/** One column of the saved data has these numbers in the rows of a net. */
async function expectValues(page: Page, nn: string, expected: readonly number[]): Promise<void> {
	const columns = await savedColumns(page);
	const nets = [...columns.values()].find((values) => values.includes(nn)) ?? [];
	const rows = nets.flatMap((name, i) => (name === nn ? [i] : []));
	const close = [...columns.values()].some((values) =>
		expected.every((value, i) => {
			const found = values[rows[i] ?? -1];
			return typeof found === 'number' && Math.abs(found - value) <= 1e-9 * Math.abs(value);
		}),
	);
	expect(close, `${nn} in ${[...columns.keys()].join(', ')}`).toBe(true);
}

/** Changes the plot, so that the address is as the site prints it. */
async function chooseTop(page: Page, top: number): Promise<void> {
	await page.getByLabel('How many').fill(String(top));
	await expect.poll(() => fragment(page)).toContain(`plotTop=${top}`);
	await drawn(page);
}

test('pictures say what they show and where it came from', async ({ page }) => {
	await openPlot(page, 'mean-std', CIFAR10);
	await chooseTop(page, 12);
	const link = page.url();
	const sentence = await heading(page).innerText();
	const png = await savePlot(page, 'PNG, 300 dpi');
	expect(png.name).toBe('lemur-mean-std-1.2.2-300dpi.png');
	const { dpi, texts } = readMetadata(png.bytes);
	expect(dpi).toBeCloseTo(300, 0);
	expect(png.bytes.readUInt32BE(png.bytes.indexOf('pHYs') + 4)).toBe(11811);
	const said = texts.map(({ text }) => text);
	expect(said).toContain(link);
	expect(said.join('\n')).toContain(sentence);
	const [width, height] = PLOTS['mean-std'].size;
	expect(png.bytes.readUInt32BE(16)).toBe(width * 300);
	expect(png.bytes.readUInt32BE(20)).toBe(height * 300);

	const screen = await savePlot(page, 'PNG for screens');
	expect(screen.name).toBe('lemur-mean-std-1.2.2.png');
	expect(screen.bytes.readUInt32BE(16)).toBe(width * 96);

	const svg = (await savePlot(page, 'SVG')).bytes.toString();
	expect(svg).toContain('<text');
	expect(svg).toContain('AlexNet');
	expect(svg.replaceAll('&amp;', '&')).toContain(link);
	expect(svg.length).toBeLessThan(300_000);
});

test('the data behind a plot is that of its table, exact', async ({ page }) => {
	await openPlot(page, 'mean-std', CIFAR10);
	await chooseTop(page, 12);
	const table = await tableCells(page);
	const { name, bytes } = await savePlot(page, 'CSV');
	expect(name).toBe('lemur-mean-std-1.2.2.csv');
	const lines = bytes.toString().trimEnd().split('\r\n');
	const rows = lines.slice(1).map((line) => line.split(','));
	expect(rows.length).toBeGreaterThan(100);
	expect(table.slice(1, 101).map((row) => row.map(blank))).toEqual(
		rows.slice(0, 100).map((row) => row.map(blank)),
	);
	const json = JSON.parse((await savePlot(page, 'JSON')).bytes.toString()) as Record<
		string,
		unknown
	>;
	expect(json).toMatchObject({ plot: 'mean-std', mode: 'corrected', link: page.url() });
	expect(String(json['sentence'])).toBe(await heading(page).innerText());
});

const blank = (text: string) => (text === '–' ? '' : text);

test('an embedded plot is the plot alone, with the way back', async ({ page, context, fresh }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openPlot(page, 'mean-std', CIFAR10);
	await page.getByRole('button', { name: 'Share' }).click();
	await page.getByRole('button', { name: 'Copy embed code' }).click();
	const code = await page.evaluate(() => navigator.clipboard.readText());
	expect(code).toMatch(/^<iframe src="[^"]+\/embed\/?#[^"]+" title="[^"]+"/);
	const address = /src="([^"]+)"/.exec(code)?.[1]?.replaceAll('&amp;', '&') ?? '';

	const other = await fresh();
	await other.goto(address);
	await drawn(other);
	await expect(other.getByRole('navigation')).toHaveCount(0);
	await expect(other.locator('header')).toHaveCount(0);
	await expect(other.locator('figcaption p')).toHaveText(
		await page.locator('figcaption p').innerText(),
	);
	await expect(other.locator('.source')).toContainText('cifar-10');
	const kept = await other.evaluate(async () =>
		(await indexedDB.databases()).map(({ name = '' }) => name),
	);
	expect(
		kept.filter((name) => !name.includes('stat-db')),
		'the data alone is kept',
	).toEqual([]);
	expect(await violations(other)).toEqual([]);
	const back = other.getByRole('link', { name: 'Open in LEMUR Web' });
	expect(await back.getAttribute('href')).toContain('plot=mean-std');
});

test('a page of another origin can show the plot in a frame', async ({ page, baseURL }) => {
	const frame = `${baseURL}/embed/${plotLink('mean-std', CIFAR10)}`;
	await page.route('**/a-page-elsewhere', (route) =>
		route.fulfill({
			contentType: 'text/html',
			body: `<iframe src="${frame.replaceAll('&', '&amp;')}" width="900" height="700"></iframe>`,
		}),
	);
	await page.goto('/a-page-elsewhere');
	const inside = page.frameLocator('iframe');
	await expect(inside.getByRole('application')).toHaveAttribute('data-drawn', 'true');
});

test('the keyboard walks points, opens the table and leaves', async ({ page }) => {
	await openPlot(page, 'mean-std', CIFAR10);
	await chart(page).focus();
	const reading = page.locator('.reading');
	await page.keyboard.press('ArrowRight');
	await expect(reading).toContainText(/1 of \d+: .*Epoch 1/);
	await page.keyboard.press('ArrowRight');
	await expect(reading).toContainText(/2 of \d+: .*Epoch 2/);
	const first = await reading.innerText();
	await page.keyboard.press('ArrowDown');
	await expect(reading).not.toHaveText(first);
	await page.keyboard.press('ArrowUp');
	await expect(reading).toHaveText(first);
	await page.keyboard.press('t');
	await expect(page.getByRole('region', { name: /^Table of/ })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(reading).toBeEmpty();
	await expect(page.getByRole('button', { name: 'Filter by dragging' })).toBeFocused();
});

test('few rows: every plot is drawn or says what is missing', async ({ page }) => {
	const few = [
		['no record', 'nn=no-such-net'],
		['one record', 'nn=AlexNet&dataset=cifar-10&epoch=1..1&best=net'],
		['one net', 'nn=AlexNet'],
		['one epoch', 'epoch=1..1'],
	] as const;
	for (const [name, rest] of few) {
		await openGallery(page, rest);
		const cards = page.locator('a.card');
		await expect(cards).toHaveCount(SPECS.length);
		await expect(cards.filter({ hasText: 'could not be drawn' }), name).toHaveCount(0);
		for (const card of await cards.all())
			await expect(card.locator('img, .said'), name).toHaveCount(1);
	}
	await page.goto('about:blank');
	await page.goto(`/plots/${plotLink('mean-std', 'nn=no-such-net')}`);
	await settled(page);
	await expect(page.getByText('No training record passes this filter.')).toBeVisible();
	await page.getByRole('button', { name: /^Drop “/ }).click();
	await expect(chips(page)).toHaveCount(0);
});

test('without the code of the charts the numbers still stand', async ({ page, watch }) => {
	watch.allow(/ERR_FAILED/); // the test cuts the way to the chart's code, which is the largest file
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		const response = await route.fetch();
		const body = await response.body();
		await (body.length > 2_000_000 ? route.abort() : route.fulfill({ response, body }));
	});
	await page.goto(`/plots/${plotLink('mean-std', CIFAR10)}`);
	await expect(page.getByRole('alert')).toContainText('The chart could not be loaded');
	await expect(page.locator('figcaption p')).not.toBeEmpty();
});

test('axe finds nothing, in light and dark, wide and at 360 px; nothing scrolls sideways', async ({
	page,
}) => {
	const places: readonly [string, () => Promise<void>][] = [
		['gallery', () => openGallery(page, CIFAR10)],
		['lines', () => openPlot(page, 'mean-std', CIFAR10)],
		['density', () => openPlot(page, 'rows-time')],
		['bars', () => openPlot(page, 'first-epoch-bar', CIFAR10)],
	];
	for (const [name, open] of places) {
		await page.setViewportSize({ width: 1440, height: 900 });
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await open();
		if (name === 'lines') await tableCells(page);
		expect.soft(await violations(page), name).toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
		await settled(page);
		expect.soft(await violations(page), `${name}, dark`).toEqual([]);
		await page.setViewportSize({ width: 360, height: 740 });
		await settled(page);
		expect.soft(await violations(page), `${name} at 360 px`).toEqual([]);
		const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		await expect.poll(over, name).toBeLessThanOrEqual(0);
	}
});

test('print is light, whatever the theme', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await openPlot(page, 'mean-std', CIFAR10);
	const print = page.locator('.print-picture');
	await print.waitFor({ state: 'attached', timeout: PATIENCE.timeout });
	await expect(print).toBeHidden();
	await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
	await expect(print).toBeVisible();
	await expect(chart(page)).toBeHidden();
	expect(await print.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(
		300,
	);
});

test('lemur.plot gives a script what the page draws', async ({ page }) => {
	await openPlot(page, 'mean-std', CIFAR10);
	const { names, refused } = await page.evaluate(async () => {
		const filter = { task: ['img-classification'], dataset: ['cifar-10'] };
		const { data } = await lemur.plot('mean-std', filter, { snapshot: '1.2.2', top: 3 });
		const wrong = lemur.plot('pie' as 'ecdf').catch((error: unknown) => String(error));
		return {
			names: [...new Set(data.flatMap(({ name = '' }) => (name === '' ? [] : [name])))],
			refused: await wrong,
		};
	});
	const legend = page.getByRole('list', { name: /^Series/ });
	expect(await legend.getByRole('listitem').allInnerTexts()).toEqual(
		expect.arrayContaining(names.map((name) => expect.stringContaining(name))),
	);
	expect(names).toHaveLength(3);
	expect(String(refused)).toContain('rolling-mean');
});
