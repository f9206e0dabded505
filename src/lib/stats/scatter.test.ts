import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrialColumns } from './columns';
import { scatter, ScatterError, type ScatterRequest } from './scatter';
import { arbitraryColumns, columnsOf } from './testing';

const all = (columns: TrialColumns) => Uint32Array.from({ length: columns.count }, (_, i) => i);
const base: ScatterRequest = {
	x: 'epoch',
	y: 'accuracy',
	xLog: false,
	yLog: false,
	width: 4,
	height: 2,
	maxPoints: 0,
};
const columns = columnsOf([
	{
		trials: [
			[1, 0, 10],
			[2, 0.5, null],
			[3, 1, 1000],
		],
		prm: { mode: 'a', lr: 0.1 },
	},
	{
		trials: [
			[1, 0, 100],
			[3, 1, 1000],
		],
	},
]);

describe('scatter(columns, ids, request)', () => {
	it('counts points in cells, row 0 at the top, the far borders closed', () => {
		const image = scatter(columns, all(columns), base);
		expect(image.viewport).toEqual({ xMin: 1, xMax: 3, yMin: 0, yMax: 1 });
		expect([...image.density]).toEqual([0, 0, 1, 2, 2, 0, 0, 0]);
		expect(image).toMatchObject({ inside: 5, outside: 0, missing: 0, peak: 2 });
	});

	it('counts what has no place on a log axis as missing', () => {
		const image = scatter(columns, all(columns), {
			...base,
			x: 'duration',
			xLog: true,
			yLog: true,
		});
		// accuracy 0 twice, and no duration once
		expect(image).toMatchObject({ inside: 2, outside: 0, missing: 3 });
		expect(image.viewport).toEqual({ xMin: 500, xMax: 2000, yMin: 0.5, yMax: 2 });
	});

	it('reads hyperparameters and epoch durations, and gives points when they are few', () => {
		const lr = scatter(columns, all(columns), { ...base, x: 'prm.lr', maxPoints: 3 });
		expect(lr).toMatchObject({ inside: 3, missing: 2, peak: 0 });
		expect([...(lr.points?.trial ?? [])]).toEqual([0, 1, 2]);
		const time = scatter(columns, all(columns), { ...base, x: 'epochDuration', maxPoints: 9 });
		expect([...(time.points?.x ?? [])]).toEqual([10, 100, 900]);
	});

	it('refuses texts and empty viewports by name', () => {
		const ask = (request: Partial<ScatterRequest>) => () =>
			scatter(columns, all(columns), { ...base, ...request });
		expect(ask({ x: 'prm.mode' })).toThrow(ScatterError);
		expect(ask({ viewport: { xMin: 2, xMax: 2, yMin: 0, yMax: 1 } })).toThrow(/reset the zoom/);
		expect(ask({ width: 0 })).toThrow(/whole/);
	});

	it('gives every point exactly one place: inside + outside + missing = n', () => {
		const column = fc.constantFrom(
			'epoch',
			'accuracy',
			'duration',
			'epochDuration',
			'prm.lr',
			'prm.momentum',
		);
		const edge = fc.tuple(
			fc.double({ min: -2, max: 1, noNaN: true }),
			fc.double({ min: 1.1, max: 9, noNaN: true }),
		);
		fc.assert(
			fc.property(
				arbitraryColumns,
				fc.record({
					x: column,
					y: column,
					xLog: fc.boolean(),
					yLog: fc.boolean(),
					width: fc.integer({ min: 1, max: 9 }),
					height: fc.integer({ min: 1, max: 9 }),
					maxPoints: fc.integer({ min: 0, max: 20 }),
				}),
				fc.option(fc.tuple(edge, edge)),
				(snapshot, request, zoom) => {
					const viewport = zoom && {
						xMin: zoom[0][0],
						xMax: zoom[0][1],
						yMin: zoom[1][0],
						yMax: zoom[1][1],
					};
					const image = scatter(snapshot, all(snapshot), {
						...(request as ScatterRequest),
						...(viewport ? { viewport } : {}),
					});
					expect(image.inside + image.outside + image.missing).toBe(snapshot.count);
					if (!viewport) expect(image.outside).toBe(0);
					if (image.points) expect(image.points.trial).toHaveLength(image.inside);
					else expect(image.density.reduce((a, b) => a + b, 0)).toBe(image.inside);
					expect(image.peak).toBe(image.density.reduce((a, b) => Math.max(a, b), 0));
				},
			),
		);
	});
});
