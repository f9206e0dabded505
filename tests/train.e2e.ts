/**
 * The training room on the built site, up to the start: what is chosen, what a trial would cost, and
 * that both are sound. Training itself is tested beside `lib/train`: it takes minutes without a GPU.
 */
import { violations } from './support/axe';
import { expect, test } from './support/watch';

const LONG = { timeout: 60_000 } as const;

test('a trial is chosen, measured, and part of the link', async ({ page }) => {
	test.setTimeout(120_000);
	await page.goto('/train/');
	await page.getByLabel('Epochs', { exact: true }).fill('2', LONG);
	const before = page.getByLabel('Before the start');
	await expect(before).toContainText('for 2 epochs', LONG);
	await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled();
	expect(await violations(page)).toEqual([]);

	await page.getByLabel('Epochs', { exact: true }).fill('0');
	await expect(page.getByText('At least 1.')).toBeVisible();
	await page.getByLabel('Epochs', { exact: true }).fill('3');
	await expect(page).toHaveURL(/train=/);
	await page.reload();
	await expect(page.getByLabel('Epochs', { exact: true })).toHaveValue('3', LONG);
});
