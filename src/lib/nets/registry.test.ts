import { describe, expect, test } from 'vitest';
import { build } from './oracle-net';
import { netOf, nets, registerNet } from './registry';

describe('registry', () => {
	test('has twenty nets, each found by its own name, with what LEMUR asks of it', () => {
		expect(nets()).toHaveLength(20);
		for (const spec of nets()) {
			expect(netOf(spec.name)).toBe(spec);
			// LEMUR splits configurations at underscores
			expect(spec.name).toMatch(/^[A-Za-z0-9-]+$/);
			expect(spec.supportedHyperparameters()).toEqual(expect.arrayContaining(['lr', 'momentum']));
			expect(spec.about).toMatch(/\.$/);
		}
		expect(netOf('NoSuchNet')).toBeUndefined();
	});

	test('building a net makes no values: parameters can be counted at once', () => {
		const net = build(netOf('VGG')!, [2, 3, 32, 32], 10);
		const count = net.parameters().reduce((sum, { size }) => sum + size, 0);
		expect(count).toBeGreaterThan(9e6);
	});

	test('takes nets that are not compiled in, and replaces those of a name', () => {
		const before = nets().length;
		const mine = { ...netOf('ICNet')!, name: 'Mine', about: 'Mine.' };
		registerNet(mine);
		expect(netOf('Mine')).toBe(mine);
		expect(nets()).toHaveLength(before + 1);
		const better = { ...mine, about: 'Better.' };
		registerNet(better);
		expect(netOf('Mine')).toBe(better);
		expect(nets()).toHaveLength(before + 1);
		const own = { ...netOf('ICNet')!, about: 'Changed.' };
		registerNet(own);
		expect(nets().filter(({ name }) => name === 'ICNet')).toEqual([own]);
	});
});
