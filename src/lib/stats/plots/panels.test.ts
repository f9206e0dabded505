import { describe, expect, it } from 'vitest';
import { panelAxes, panelGrid, panelTitles } from './panels';

const overlap = (a: readonly [number, number], b: readonly [number, number]) =>
	a[0] < b[1] && b[0] < a[1];

describe('panelGrid', () => {
	it.each([1, 2, 3, 4, 7, 12])('keeps %i panels apart and inside the figure', (count) => {
		const panels = panelGrid(count);
		expect(panels).toHaveLength(count);
		for (const [i, { x, y }] of panels.entries()) {
			for (const [from, to] of [x, y]) {
				expect(from).toBeGreaterThanOrEqual(0);
				expect(to).toBeLessThanOrEqual(1);
				expect(to - from).toBeGreaterThan(0.1);
			}
			for (const other of panels.slice(i + 1))
				expect(overlap(x, other.x) && overlap(y, other.y)).toBe(false);
		}
	});

	it('reads from left to right and from top to bottom, three a row', () => {
		const panels = panelGrid(4);
		expect(panels.map(({ xaxis }) => xaxis)).toEqual(['x', 'x2', 'x3', 'x4']);
		expect(panels.map(({ leftmost }) => leftmost)).toEqual([true, false, false, true]);
		expect(panels.map(({ lowest }) => lowest)).toEqual([false, true, true, true]);
		expect(panels[3]!.y[1]).toBeLessThan(panels[0]!.y[0]);
	});

	it('gives one panel the whole width', () => {
		expect(panelGrid(1)[0]?.x).toEqual([0, 1]);
	});
});

describe('panelAxes', () => {
	it('names and anchors each pair, with titles at the edges only', () => {
		const panels = panelGrid(4);
		const axis = (text: string) => ({ type: 'linear', title: { text } }) as const;
		const layout = panelAxes(panels, (i) => ({ x: axis(`time ${i}`), y: axis('score') }));
		expect(Object.keys(layout)).toHaveLength(8);
		expect(layout.xaxis).toMatchObject({ anchor: 'y', domain: panels[0]!.x });
		expect(layout.xaxis?.title).toBeUndefined();
		expect(layout.yaxis?.title?.text).toBe('score');
		expect(layout.xaxis4).toMatchObject({ anchor: 'y4', title: { text: 'time 3' } });
		expect(layout.yaxis2?.title).toBeUndefined();
	});

	it('titles each panel above its middle, without markup', () => {
		const titles = panelTitles(panelGrid(2), ['a', '<b>b</b>']);
		expect(titles[1]).toMatchObject({
			text: '&lt;b&gt;b&lt;/b&gt;',
			xref: 'paper',
			yanchor: 'bottom',
		});
	});
});
