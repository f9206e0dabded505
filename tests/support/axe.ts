/** axe-core in a page. It is evaluated, not loaded: the site's content policy stays as it is. */
import axe from 'axe-core';
import type { Page } from '@playwright/test';

type Run = Pick<typeof axe, 'run'>;
declare const window: { axe?: Run };

/**
 * @param rules names of rules; all of them when absent
 * @returns one line per violation: rule, impact, selector; none when the page is sound
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
	const loaded = await page.evaluate(() => window.axe !== undefined);
	if (!loaded) await page.evaluate(axe.source);
	return page.evaluate(async (only) => {
		const options = only ? { runOnly: { type: 'rule' as const, values: [...only] } } : {};
		const results = await window.axe?.run(options);
		if (!results) throw new Error('axe did not load.');
		return results.violations.flatMap(({ id, impact, nodes }) =>
			nodes.map((node) => `${id} (${impact}): ${String(node.target)} ${node.failureSummary}`),
		);
	}, rules);
}
