/** Oracle runner of map.json. */
import * as v from 'valibot';
import { expectClose, expectEqual, oracleNumber } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../scripts/oracles/types';
import { boxIou } from './box-iou';
import { COCO_STATS, CocoEvaluation, type CocoImage } from './coco-ap';
import { MapAccumulator, RECALL_POINTS } from './map';
import type { Detections } from './metric';

const numbers = v.array(v.number());
const box = v.tuple([v.number(), v.number(), v.number(), v.number()]);
const truth = v.looseObject({ boxes: v.array(box), labels: numbers });
const found = v.looseObject({ boxes: v.array(box), labels: numbers, scores: numbers });
const stats = v.record(v.string(), v.number());
const coco = v.looseObject({ stats, per_class: v.record(v.string(), stats) });
const mapCase = v.looseObject({
	name: v.string(),
	predictions: v.array(found),
	targets: v.array(truth),
	batch_sizes: numbers,
	updates: v.array(v.looseObject({ images_so_far: v.number(), result_after: v.number() })),
	final: v.number(),
	per_class: v.record(
		v.string(),
		v.looseObject({ n_gt: v.number(), n_det: v.number(), ap: v.number() }),
	),
	coco: v.optional(coco),
});
const format = v.looseObject({
	recall_points_float32: numbers,
	coco_stats_order: v.array(v.string()),
	cases: v.array(mapCase),
	coco_crowd: v.looseObject({
		predictions: v.array(found),
		targets: v.array(truth),
		iscrowd: v.array(numbers),
		coco,
	}),
	box_iou: v.looseObject({
		a: v.array(box),
		b: v.array(box),
		iou: v.array(v.array(v.union([v.number(), v.string()]))),
	}),
	empty: v.looseObject({ result_without_update: v.number() }),
});

/** Of a figure in single precision. */
const SINGLE = { relative: 3e-7 };

const map: OracleFile = {
	area: 'metrics',
	file: 'map.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		yield {
			name: 'recall points',
			run: () => expectEqual([...RECALL_POINTS], oracle.recall_points_float32),
		};
		for (const expected of oracle.cases) {
			yield one(expected);
			if (expected.coco) yield cocoCase(expected.name, expected, expected.coco);
		}
		const { coco_crowd: crowd } = oracle;
		const targets = crowd.targets.map((target, i) => ({
			...target,
			crowds: crowd.iscrowd[i]!.map(Boolean),
		}));
		yield cocoCase('crowd', { predictions: crowd.predictions, targets }, crowd.coco);
		yield {
			name: 'order of COCO’s figures',
			run: () => expectEqual([...COCO_STATS], oracle.coco_stats_order),
		};
		const { a, b, iou } = oracle.box_iou;
		for (const [i, row] of iou.entries())
			yield {
				name: `IoU of box ${i}`,
				run() {
					for (const [j, value] of row.entries())
						expectClose(boxIou(a[i]!, b[j]!), oracleNumber(value), SINGLE, `with box ${j}`);
				},
			};
		yield {
			name: 'empty',
			run: () => expectEqual(new MapAccumulator().value(), oracle.empty.result_without_update),
		};
	},
};

function one(expected: v.InferOutput<typeof mapCase>): OracleCase {
	return {
		name: expected.name,
		run() {
			const metric = new MapAccumulator();
			let image = 0;
			for (const [i, size] of expected.batch_sizes.entries()) {
				const part = [image, image + size] as const;
				metric.update({
					predictions: expected.predictions.slice(...part),
					targets: expected.targets.slice(...part),
				});
				image += size;
				const after = expected.updates[i]!;
				expectEqual(image, after.images_so_far, 'images so far');
				expectClose(metric.value(), after.result_after, SINGLE, 'result after');
			}
			expectClose(metric.value(), expected.final, SINGLE, 'final');
			const classes = metric.perClass();
			expectEqual([...classes.keys()].map(String), Object.keys(expected.per_class), 'classes');
			for (const [label, { n_gt, n_det, ap }] of Object.entries(expected.per_class)) {
				const own = classes.get(Number(label))!;
				expectEqual([own.truths, own.detections], [n_gt, n_det], `boxes of class ${label}`);
				expectClose(own.ap, ap, SINGLE, `AP of class ${label}`);
			}
		},
	};
}

function cocoCase(
	name: string,
	images: { predictions: readonly Detections[]; targets: readonly CocoImage[] },
	expected: v.InferOutput<typeof coco>,
): OracleCase {
	return {
		name: `COCO ${name}`,
		run() {
			const evaluation = new CocoEvaluation();
			for (const [i, prediction] of images.predictions.entries()) {
				const target = images.targets[i];
				if (target) evaluation.add(prediction, target);
			}
			expectStats(evaluation.stats(), expected.stats, 'all classes');
			for (const [label, figures] of Object.entries(expected.per_class))
				expectStats(evaluation.statsOf(Number(label)), figures, `class ${label}`);
		},
	};
}

function expectStats(
	actual: Readonly<Record<string, number>>,
	expected: Readonly<Record<string, number>>,
	what: string,
): void {
	for (const [name, value] of Object.entries(expected))
		expectClose(actual[name] ?? NaN, value, {}, `${name} of ${what}`);
}

export const oracles = [map];
