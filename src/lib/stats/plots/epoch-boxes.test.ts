import { expect, it } from 'vitest';
import { boxColumns, boxesOf, boxTraces } from './epoch-boxes';
import { paletteOf } from './palette';

const boxes = boxesOf(
	[
		{ epoch: 1, ascending: Float64Array.of(1, 2, 3, 4, 100) },
		{ epoch: 5, ascending: Float64Array.of(7) },
	],
	(epoch, i) => 10 * epoch + i,
);

it('places boxes where it is told, with quartiles of type 7 and whiskers at the last points inside', () => {
	expect(boxes.map(({ place }) => place)).toEqual([10, 51]);
	expect(boxes[0]).toMatchObject({ q1: 2, median: 3, q3: 4, low: 1, high: 4, n: 5 });
	expect([...(boxes[0]?.fliers ?? [])]).toEqual([100]);
	expect(boxes[1]).toMatchObject({ q1: 7, median: 7, q3: 7, low: 7, high: 7 });
});

it('draws a box and an unseen mark that carries what the hover says', () => {
	const look = { name: 'N', group: 'g', width: 0.8, of: 'net' };
	const [box, hover] = boxTraces(boxes, look, paletteOf().series(0));
	expect(box).toMatchObject({ type: 'box', hoverinfo: 'skip', boxpoints: false, width: 0.8 });
	expect(hover).toMatchObject({ showlegend: false, legendgroup: 'g', marker: { opacity: 0 } });
	expect(hover?.text).toEqual([
		'Epoch 1: 5 nets<br>Median 3.0000<br>Quartiles 2.0000 and 4.0000<br>Whiskers 1.0000 and 4.0000',
		'Epoch 5: 1 net<br>Median 7.0000<br>Quartiles 7.0000 and 7.0000<br>Whiskers 7.0000 and 7.0000',
	]);
});

it('lists the numbers of the boxes', () => {
	const values = new Map(
		boxColumns(boxes, 'Nets').map(({ title, values }) => [title, [...values]]),
	);
	expect(values.get('Nets')).toEqual([5, 1]);
	expect(values.get('Mean')).toEqual([22, 7]);
	expect(values.get('Outside')).toEqual([1, 0]);
});
