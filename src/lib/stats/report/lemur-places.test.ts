import { describe, expect, it } from 'vitest';
import { cellName } from '../../xlsx/address';
import { lookedFor, placesOf, type Group } from './lemur-places';

const GROUPS: Group[] = [
	{ task: 'img-classification', dataset: 'cifar-10', metrics: ['acc'] },
	{ task: 'img-segmentation', dataset: 'coco', metrics: ['iou'] },
];
const namesOf = (places: readonly { row: number; column: number }[]) =>
	places.map(({ row, column }) => cellName(column, row));

describe('lookedFor(groups)', () => {
	it('asks for every metric of every group, and finds those that have rows', () => {
		const files = lookedFor(GROUPS);
		expect(files).toHaveLength(3 * 4 + 5);
		expect(files.slice(0, 4).map(({ file, found }) => [file, found])).toStrictEqual([
			['img-classification_cifar-10_accuracy_mean_std.png', true],
			['img-segmentation_coco_accuracy_mean_std.png', false],
			['img-classification_cifar-10_iou_mean_std.png', false],
			['img-segmentation_coco_iou_mean_std.png', true],
		]);
		expect(lookedFor([]).every(({ found }) => !found)).toBe(true);
	});
});

describe('placesOf(files, present)', () => {
	it('puts pictures side by side, then one below the other', () => {
		const files = lookedFor(GROUPS);
		const { labels, places } = placesOf(
			files,
			files.map(({ found }) => found),
		);
		expect(namesOf(labels)).toStrictEqual([
			...['N1', 'N19', 'N37', 'X58', 'X82', 'X106', 'X130', 'X154'],
		]);
		const found = places.filter((place) => place !== undefined);
		expect(namesOf(found)).toStrictEqual([
			...['N2', 'T2', 'N20', 'T20', 'N38', 'T38', 'X60', 'X84', 'X108', 'X132', 'X156'],
		]);
		expect(found.every(({ width, height }) => width === 400 && height === 300)).toBe(true);
	});

	it('gives no room to a missing picture: two rows for its label', () => {
		const files = lookedFor(GROUPS);
		const { labels, places } = placesOf(
			files,
			files.map(({ found, id }) => found && id !== 'correlation'),
		);
		expect(namesOf(labels).slice(3)).toStrictEqual(['X58', 'X60', 'X84', 'X108', 'X132']);
		expect(namesOf(places.filter((place) => place !== undefined)).slice(6)).toStrictEqual([
			...['X62', 'X86', 'X110', 'X134'],
		]);
	});
});
