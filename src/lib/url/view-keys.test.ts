import { describe, expect, it } from 'vitest';
import { escapeForUrl } from './text';
import { PARTS, partOf, printViewKeys, readViewKey } from './view-keys';
import { DEFAULT_VIEW, type ViewState } from './view';

const printed = (change: Partial<ViewState>) =>
	printViewKeys({ ...DEFAULT_VIEW, ...change }).map(([name, print]) => [name, print(escapeForUrl)]);

const row = {
	...{ task: 't', dataset: 'd', metric: 'm', nn: 'a,b', epoch: 3 },
	...{ uid: '1', repeat: 0 },
};

describe('the keys of a view', () => {
	it('are left out where they say what is said anyway', () => {
		expect(printed({})).toEqual([]);
		expect(printed({ xLog: !DEFAULT_VIEW.xLog })).toEqual([
			['xLog', DEFAULT_VIEW.xLog ? '0' : '1'],
		]);
	});

	it('belong to a part that links count', () => {
		const parts: readonly string[] = PARTS;
		for (const name of ['view', 'sort', 'by', 'x', 'plot', 'report', 'row', 'sql', 'theme', 'lang'])
			expect(parts).toContain(partOf(name));
		expect([partOf('task'), partOf('prm.lr'), partOf('toString')]).toEqual(Array(3).fill('filter'));
	});

	it('name rows by LEMUR’s identity of them', () => {
		expect(printed({ row, pins: [row, { ...row, repeat: 2 }] })).toEqual([
			['row', 't,d,m,a%2Cb,3,~1'],
			['pins', 't,d,m,a%2Cb,3,~1;t,d,m,a%2Cb,3,~1,2'],
		]);
		expect(readViewKey('row', 't,d,m,a%2Cb,3,~1')).toEqual(['row', row]);
		expect(readViewKey('pins', '')).toEqual(['pins', []]);
	});

	it.each([
		['row', 't,d,m,n,3'],
		['row', 't,d,m,n,3,u,0,0'],
		['viewport', '1,2,3,4,5'],
		['plotBoard', 'a,b,c,d'],
		['columns', '%'],
	])('that cannot be read are said: %s=%s', (name, text) => {
		expect(() => readViewKey(name, text)).toThrow(/^(Expected|A percent escape)/);
	});

	it('that are unknown are left to others', () => {
		expect(readViewKey('task', 'x')).toBeUndefined();
		expect(readViewKey('constructor', 'x')).toBeUndefined();
	});
});
