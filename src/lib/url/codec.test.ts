import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	MAX_KEYS,
	MAX_LINK,
	printFile,
	printFragment,
	printLink,
	readFile,
	readFragment,
} from './codec';
import golden from './golden-links.json';
import { anyView } from './testing';
import { readView } from './read-view';
import { DEFAULT_VIEW, type ViewState } from './view';

const keysOf = (fragment: string) => fragment.split('&').length;
const state = (part: Partial<ViewState>): ViewState => ({ ...DEFAULT_VIEW, ...part });
const NORMAL = state({
	snapshot: { version: '2.1.2', hash: '1a2b3c4d5e6f' },
	filter: {
		task: ['img-classification'],
		dataset: ['cifar-10', 'svhn'],
		accuracy: { min: 0.8, max: 1 },
		prm: { lr: { max: 0.1 } },
		best: 'net',
	},
	view: 'curves',
	sort: [{ column: 'prm.lr', descending: true }],
});

describe('printFragment(view)', () => {
	it('is readable, sorted, and omits defaults', () => {
		expect(printFragment(DEFAULT_VIEW)).toBe('#v=1.0&z=1');
		expect(printFragment(NORMAL)).toBe(
			'#v=1.7&snap=2.1.2~1a2b3c4d5e6f&accuracy=0.8..1&best=net&dataset=cifar-10,svhn' +
				'&prm.lr=..0.1&sort=-prm.lr&task=img-classification&view=curves&z=1',
		);
	});

	it('reads back to the same state, whatever the state', () => {
		fc.assert(
			fc.property(anyView, (view) => {
				const link = printLink(view);
				expect(link.fragment).toMatch(/^#[\x21-\x7e]*$/);
				const back = readFragment(link.fragment);
				if (keysOf(link.fragment) > MAX_KEYS) {
					expect(link.tooLong).toBe(true);
					expect(back.problems.map(({ code }) => code)).toEqual(['LINK_LIMIT']);
					return;
				}
				expect(back.problems).toEqual([]);
				expect(back.view).toEqual(view);
			}),
			{ numRuns: 1500 },
		);
	});

	it('says that a state of too many keys needs a file, and the file holds it', () => {
		const any = Array.from({ length: 40 }, (_, i) => ({
			...{ task: ['t'], dataset: ['d'], metric: ['m'], nn: [`n${i}`], epoch: { min: i } },
			...{ accuracy: { min: 0.1 }, nnPrefix: ['p'], transform: ['x'] },
		}));
		const view = state({ filter: { any } });
		const link = printLink(view);
		expect(keysOf(link.fragment)).toBeGreaterThan(MAX_KEYS);
		expect(link.tooLong).toBe(true);
		expect(readFile(printFile(view)).view).toEqual(view);
	});

	it('tells other states apart (negative control)', () => {
		const other = state({ ...NORMAL, filter: { ...NORMAL.filter, accuracy: { min: 0.8 } } });
		expect(readFragment(printFragment(other)).view).not.toEqual(NORMAL);
	});

	it('packs a long SQL text and reads it back', () => {
		const sql = 'SELECT nn, max(accuracy) FROM stat WHERE dataset = ? -- é😀\n'.repeat(40);
		const link = printLink(state({ sql }));
		expect(link.fragment).toContain('sql=!');
		expect(link.tooLong).toBe(false);
		expect(readFragment(link.fragment).view.sql).toBe(sql);
	});

	it('keeps keys it does not know and prints them back, sorted', () => {
		const back = readFragment('#v=1.0&future=a%2Cb&any.0.colour=red&bare&z=1');
		expect(back.unknown.map(([key]) => key)).toEqual(['future', 'any.0.colour', 'bare']);
		expect(printFragment(back.view, back.unknown)).toBe(
			'#v=1.0&any.0.colour=red&bare&future=a%2Cb&z=1',
		);
	});

	it('holds 500 nets picked by name, or says that it is too long for a link', () => {
		const hex = (n: number) => (n * 2654435761 + 12345).toString(16).padStart(32, '7');
		const nn = Array.from({ length: 500 }, (_, n) => `ast-layer_type-AlexNet-${hex(n)}`).sort();
		const link = printLink(state({ filter: { nn } }));
		expect(link.tooLong).toBe(link.fragment.length > MAX_LINK);
		expect(readFragment(link.fragment).view.filter.nn).toEqual(nn);
		expect(readFile(printFile(state({ filter: { nn } }))).view.filter.nn).toEqual(nn);
	});
});

describe('readFragment(text)', () => {
	it('opens every released link to the stored state, for ever', () => {
		expect(golden.length).toBeGreaterThan(0);
		for (const { link, view, problems } of golden) {
			const back = readFragment(link);
			expect(back.view, link).toEqual(readView(view).view);
			expect(
				back.problems.map((one) => one.code),
				link,
			).toEqual(problems);
		}
	});

	it('names what is lost when a link is cut anywhere, and never shows half a value', () => {
		const whole = printFragment(NORMAL);
		for (let length = '#v=1.7'.length; length < whole.length; length++) {
			const back = readFragment(whole.slice(0, length));
			expect(back.problems.map((one) => one.code)).toContain('LINK_CUT');
			for (const [key, value] of Object.entries(back.view.filter)) {
				expect(value).toEqual(NORMAL.filter[key as keyof typeof NORMAL.filter]);
			}
		}
		const cut = readFragment(whole.slice(0, whole.indexOf('&sort')));
		expect(cut.problems[0]?.message).toContain('filter, view, sort may be lost');
	});

	it('reads a link written by hand, without version and end mark', () => {
		const { view, problems } = readFragment('#task=img-classification&prm.batch=4&accuracy=0.5..');
		expect(problems).toEqual([]);
		expect(view.filter).toEqual({
			task: ['img-classification'],
			prm: { batch: { min: 4, max: 4 } },
			accuracy: { min: 0.5 },
		});
	});

	it('shows what it can of a newer version', () => {
		const { view, problems, unknown } = readFragment('#v=7.zz&nn=ResNet&orbit=3&z=1');
		expect(problems.map((one) => one.code)).toEqual(['LINK_NEWER']);
		expect(view.filter.nn).toEqual(['ResNet']);
		expect(unknown).toEqual([['orbit', '3']]);
	});

	it('drops one wrong value and keeps the rest', () => {
		const { view, problems } = readFragment('#epoch=x&nn=A&view=pie&curveTop=900&lang=%E0%A4&x=no');
		expect(view).toEqual(state({ filter: { nn: ['A'] } }));
		expect(problems.map((one) => one.key).sort()).toEqual([
			'curveTop',
			'epoch',
			'lang',
			'view',
			'x',
		]);
	});
});

describe('readFile(text)', () => {
	it('reads back what printFile printed', () => {
		fc.assert(
			fc.property(anyView, (view) => {
				// JSON has no negative zero
				const expected: unknown = JSON.parse(JSON.stringify(view));
				expect(readFile(printFile(view))).toEqual({ view: expected, problems: [], unknown: [] });
			}),
			{ numRuns: 200 },
		);
	});

	it('refuses what is no view', () => {
		for (const text of ['', '{', '[]', 'null', '{"kind":"x"}', '['.repeat(100_000)]) {
			expect(readFile(text).problems[0]?.code).toBe('LINK_LIMIT');
		}
	});
});
