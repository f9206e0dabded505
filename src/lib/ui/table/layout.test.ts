import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../stats/catalogue';
import { fieldOf, type ColumnId } from '../../stats/fields';
import { accuracyTitle, defaultColumns, layOut, sameRow, shownColumns, togglePin } from './layout';

const columns: readonly ColumnId[] = [
	'task',
	'dataset',
	'metric',
	'nn',
	'epoch',
	'accuracy',
	'duration',
	'transform',
	'prm.batch',
	'prm.lr',
];
const catalogue: Catalogue = {
	version: '1',
	hash: '',
	trials: 3,
	runs: 3,
	configurations: 3,
	tasks: [
		{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc' },
		{ task: 'img-classification', dataset: 'mnist', metric: 'acc' },
		{ task: 'img-segmentation', dataset: 'coco', metric: 'iou' },
	],
	nns: ['A'],
	families: [],
	transforms: [],
	fields: columns.map((id) => ({ ...fieldOf(id), present: 3, min: 0, max: 1 })),
	columns,
	openedFrom: 'cache',
	stored: true,
};

describe('columns of the table', () => {
	test('task and metric stand only where the filter leaves several', () => {
		expect(defaultColumns({}, catalogue)).toEqual(expect.arrayContaining(['task', 'metric']));
		const narrow = defaultColumns({ dataset: ['mnist', 'cifar-10'] }, catalogue);
		expect(narrow).not.toContain('task');
		expect(narrow).not.toContain('metric');
	});

	test('columns that the snapshot lacks are left out; without any the default ones stand', () => {
		expect(shownColumns(['prm.none', 'epoch'], {}, catalogue)).toEqual(['epoch']);
		expect(shownColumns(['prm.none'], {}, catalogue)).toEqual(defaultColumns({}, catalogue));
	});

	test('the header of accuracy is the name of the only metric left', () => {
		expect(accuracyTitle({ task: ['img-segmentation'] }, catalogue.tasks)).toBe('IoU (mean)');
		expect(accuracyTitle({}, catalogue.tasks)).toBe('Accuracy / score');
	});

	test('scrolling columns stand side by side after the first', () => {
		const [nn, accuracy, epoch] = layOut(['nn', 'accuracy', 'epoch'], {}, catalogue);
		expect([nn?.left, accuracy?.left]).toEqual([0, 0]);
		expect(epoch?.left).toBe(accuracy?.width);
	});
});

test('a pin is toggled by identity', () => {
	const row = { task: 't', dataset: 'd', metric: 'm', nn: 'A', epoch: 1, uid: 'u', repeat: 0 };
	const again = { ...row, repeat: 1 };
	expect(sameRow(row, { ...row })).toBe(true);
	expect(togglePin([row], again)).toEqual([row, again]);
	expect(togglePin([row, again], { ...row })).toEqual([again]);
});
