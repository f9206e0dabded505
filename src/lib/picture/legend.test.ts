import { describe, expect, it } from 'vitest';
import type { Layout, Trace } from '../stats/plots/plot';
import { legendOf, paintLegend } from './legend';
import { figureOf, recordingSurface } from './samples';
import { themeOf } from './theme';

const trace = (name: string, rest: Partial<Trace> = {}): Trace =>
	({ type: 'scatter', mode: 'lines', x: [], y: [], name, ...rest }) as Trace;

function legend(data: readonly Trace[], room = 200, rest: Partial<Layout> = {}) {
	const surface = recordingSurface();
	const { layout } = figureOf(data, undefined, rest);
	const theme = themeOf(layout, false);
	return { surface, theme, legend: legendOf(data, layout, room, surface, theme) };
}

describe('legendOf()', () => {
	it('lists named series that want to be listed', () => {
		const data = [trace('a &amp; b'), trace(''), trace('c', { showlegend: false })];
		const { legend: found } = legend(data);
		expect(found?.entries.map(({ name }) => name)).toEqual(['a & b']);
		expect(legend([trace('')]).legend).toBeUndefined();
		expect(legend(data, 200, { showlegend: false }).legend).toBeUndefined();
	});

	it('cuts names to its room', () => {
		const { legend: found } = legend([trace('a very long name of a net indeed')], 100);
		expect(found!.width).toBeLessThanOrEqual(100);
		expect(found!.entries[0]!.name).toContain('…');
	});
});

describe('paintLegend()', () => {
	const area = { x: 0, y: 0, width: 100, height: 60 };
	const texts = (data: readonly Trace[]) => {
		const { surface, theme, legend: found } = legend(data);
		paintLegend(found!, area, 300, surface, theme);
		return surface.drawn;
	};

	it('says how many more there are than fit', () => {
		const many = Array.from({ length: 9 }, (_, i) => trace(`net ${i}`));
		const words = texts(many).flatMap(({ text }) => text ?? []);
		expect(words.at(-1)).toMatch(/^… \d more$/);
		expect(words.length - 1 + Number(words.at(-1)!.match(/\d/)![0])).toBe(9);
	});

	it('shows each series as it is drawn', () => {
		const kinds = (one: Trace) =>
			texts([one])
				.map(({ kind }) => kind)
				.filter((kind) => kind !== 'text');
		expect(kinds(trace('a', { mode: 'lines+markers' } as Partial<Trace>))).toEqual([
			'line',
			'markers',
		]);
		expect(kinds(trace('a', { fill: 'toself' } as Partial<Trace>))).toEqual(['rects']);
		expect(kinds(trace('a', { type: 'bar' } as Partial<Trace>))).toEqual(['rects']);
	});
});
