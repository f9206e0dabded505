import { expect, it } from 'vitest';
import { netAxis } from './net-axis';

it('puts the first net on top, with names that are safe and short', () => {
	const axis = netAxis(['<b>A</b>', 'x'.repeat(200)]);
	expect(axis.range).toEqual([1.5, -0.5]);
	expect(axis.tickvals).toEqual([0, 1]);
	expect(axis.ticktext?.[0]).toBe('&lt;b&gt;A&lt;/b&gt;');
	expect(axis.ticktext?.[1]?.length).toBeLessThan(60);
});
