import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { findTrial } from './find';
import { buildColumns, type Mirror } from './mirror';
import { testDatabase } from './testing';

const trial = {
	...{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'ResNet' },
	...{ epoch: 1, uid: 'u2', repeat: 0 },
};

describe('findTrial()', () => {
	let mirror: Mirror;
	beforeAll(async () => {
		const { Database } = await initSqlJs();
		mirror = buildColumns(new Database(await testDatabase()), '1.0');
	});

	it('finds each trial by what a link says of it', () => {
		expect(findTrial(mirror, trial)).toBe(2);
		expect(findTrial(mirror, { ...trial, repeat: 1 })).toBe(3);
		expect(findTrial(mirror, { ...trial, dataset: 'mnist', uid: 'u4', epoch: 2 })).toBe(5);
	});

	it.each([
		{ task: 'img-segmentation' },
		{ dataset: 'mnist' },
		{ metric: 'iou' },
		{ nn: 'resnet' },
		{ epoch: 2 },
		{ uid: 'u1' },
		{ repeat: 2 },
	])('finds none where only %j differs', (change) => {
		expect(findTrial(mirror, { ...trial, ...change })).toBe(-1);
	});
});
