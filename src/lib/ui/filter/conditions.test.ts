import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFilter, type Filter } from '../../stats/filter';
import { conditionsOf, getRange, setPrm, setRange, toggleValue } from './conditions';

const full: Filter = {
	task: ['img-classification'],
	dataset: ['cifar-10', 'mnist'],
	nnRegex: '^Res',
	epoch: { min: 1, max: 5 },
	prm: { lr: { max: 0.1 }, optimizer: ['sgd'] },
	any: [{ nn: ['ResNet'] }, { nnPrefix: ['rag-'] }],
	not: [{ metric: ['iou'] }, { epoch: { min: 3 } }],
	best: 'net',
};

describe('conditionsOf', () => {
	it('names every condition once, in words', () => {
		expect(conditionsOf(full).map(({ id, label }) => [id, label])).toEqual([
			['task', 'Task: img-classification'],
			['dataset', 'Dataset: cifar-10 or mnist'],
			['nnRegex', 'nets that match /^Res/'],
			['epoch', 'epochs 1–5'],
			['prm.lr', 'lr at most 0.1'],
			['prm.optimizer', 'optimizer sgd'],
			['any', 'either (net ResNet) or (nets that start with “rag-”)'],
			['not.0', 'not (IoU (mean))'],
			['not.1', 'not (epochs from 3)'],
			['best', 'best per net'],
		]);
		expect(conditionsOf({})).toEqual([]);
	});

	it('drops exactly the condition that is asked for, until nothing is left', () => {
		let filter = full;
		for (let left = 10; left > 0; left--) {
			const [first] = conditionsOf(filter);
			filter = first?.without ?? {};
			expect(conditionsOf(filter)).toHaveLength(left - 1);
		}
		expect(filter).toEqual({});
	});

	it('turns a condition round and back', () => {
		const filter: Filter = { dataset: ['mnist'], best: 'run' };
		const turned = conditionsOf(filter)[0]?.negated ?? {};
		expect(turned).toEqual({ not: [{ dataset: ['mnist'] }], best: 'run' });
		expect(conditionsOf(turned)[0]?.negated).toEqual(filter);
	});

	it('offers no turning round where two conditions would collide', () => {
		const epochTwice = conditionsOf(full).find(({ id }) => id === 'not.1');
		expect(epochTwice?.negated).toBeUndefined();
		expect(conditionsOf(full).find(({ id }) => id === 'best')?.negated).toBeUndefined();
	});

	it('gives filters that the schema accepts', () => {
		for (const { without, negated, only } of conditionsOf(full))
			for (const one of [without, negated ?? {}, only]) expect(readFilter(one)).toEqual(one);
	});
});

describe('changes', () => {
	it('toggling twice changes nothing but the order', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.string()), fc.string(), (values, value) => {
				const filter: Filter = values.length > 0 ? { nn: values } : {};
				const twice = toggleValue(toggleValue(filter, 'nn', value), 'nn', value);
				expect(new Set(twice.nn)).toEqual(new Set(filter.nn));
				expect(Object.keys(twice)).toEqual(Object.keys(filter));
			}),
		);
	});

	it('sets and clears ranges, hyperparameters included', () => {
		const set = setRange(setRange({}, 'epoch', { min: 2 }), 'prm.lr', { max: 1 });
		expect(set).toEqual({ epoch: { min: 2 }, prm: { lr: { max: 1 } } });
		expect(getRange(set, 'prm.lr')).toEqual({ max: 1 });
		expect(getRange(full, 'prm.optimizer')).toBeUndefined();
		expect(setRange(setRange(set, 'prm.lr', undefined), 'epoch', undefined)).toEqual({});
		expect(setPrm({ prm: { a: ['x'] } }, 'b', { min: 1 }).prm).toEqual({ a: ['x'], b: { min: 1 } });
	});

	it('never keeps a source that does not exist', () => {
		expect(toggleValue({}, 'source', 'elsewhere')).toEqual({ source: [] });
		expect(toggleValue({}, 'source', 'mine')).toEqual({ source: ['mine'] });
	});
});
