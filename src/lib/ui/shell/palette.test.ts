import { describe, expect, it } from 'vitest';
import { PaletteIndex, SHOWN, type PaletteItem } from './palette';

const item = (title: string): PaletteItem => ({ kind: 'net', title, target: title });

describe('PaletteIndex', () => {
	const index = new PaletteIndex([
		item('AlexNet'),
		item('ast-dimension-AlexNet-0a1b'),
		item('GoogLeNet'),
		...Array.from({ length: 10_351 }, (_, n) => item(`ga-${n}`)),
	]);

	it('ranks an exact name first', () => {
		expect(index.find('AlexNet').items[0]?.title).toBe('AlexNet');
	});

	it('needs every term', () => {
		expect(index.find('ast alex').items.map((one) => one.title)).toEqual([
			'ast-dimension-AlexNet-0a1b',
		]);
		expect(index.find('alex google').total).toBe(0);
	});

	it('renders a bounded number of rows and says how many match', () => {
		const { items, total } = index.find('ga-');
		expect(items).toHaveLength(SHOWN);
		expect(total).toBe(10_351);
	});

	it('shows the first items without a query', () => {
		expect(index.find('  ').items[0]?.title).toBe('AlexNet');
	});
});
