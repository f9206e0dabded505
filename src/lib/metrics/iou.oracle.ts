/** Oracle runner of iou.json. */
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import { nestedValues } from '../../../scripts/oracles/nested';
import type { OracleCase, OracleFile } from '../../../scripts/oracles/types';
import { IouAccumulator } from './iou';
import type { Values } from './metric';

const numbers = v.array(v.number());
const iouCase = v.looseObject({
	name: v.string(),
	nclass: v.number(),
	updates: v.array(
		v.looseObject({
			pred: v.optional(v.unknown()),
			logits: v.optional(v.unknown()),
			target: v.unknown(),
			total_inter: numbers,
			total_union: numbers,
			result_after: v.number(),
		}),
	),
	final: v.number(),
	iou_per_class: v.array(v.nullable(v.number())),
	classes_with_union: v.number(),
	miou_present: v.nullable(v.number()),
	miou_present_foreground: v.nullable(v.number()),
});
const accumulation = v.looseObject({
	trace: v.array(
		v.looseObject({
			updates: v.number(),
			total_inter: numbers,
			total_union: numbers,
			result: v.number(),
		}),
	),
	exact_inter: numbers,
	exact_union: numbers,
	exact_result: v.number(),
});
const format = v.looseObject({
	cases: v.array(iouCase),
	empty: v.record(v.string(), v.number()),
	float32_accumulation: accumulation,
});

/** Of a figure in single precision. */
const SINGLE = { relative: 3e-7 };

const iou: OracleFile = {
	area: 'metrics',
	file: 'iou.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		for (const expected of oracle.cases) yield one(expected);
		for (const [name, result] of Object.entries(oracle.empty))
			yield {
				name,
				run: () => expectEqual(new IouAccumulator(Number(name.split('_').at(-1))).value(), result),
			};
		yield* accumulated(oracle.float32_accumulation);
	},
};

function one(expected: v.InferOutput<typeof iouCase>): OracleCase {
	return {
		name: expected.name,
		run() {
			const metric = new IouAccumulator(expected.nclass);
			for (const update of expected.updates) {
				const outputs =
					update.pred === undefined
						? nestedValues(update.logits)
						: oneHot(nestedValues(update.pred), expected.nclass);
				metric.update({ outputs, labels: nestedValues(update.target) });
				expectEqual([...metric.inter], update.total_inter, 'intersection');
				expectEqual([...metric.union], update.total_union, 'union');
				expectClose(metric.value(), update.result_after, SINGLE, 'result after');
			}
			expectClose(metric.value(), expected.final, SINGLE, 'final');
			const classes = metric.perClass();
			for (const [c, value] of expected.iou_per_class.entries())
				expectNullable(classes[c] ?? null, value, `class ${c}`);
			const present = classes.filter((value) => value !== null).length;
			expectEqual(present, expected.classes_with_union, 'classes with a union');
			expectNullable(metric.meanOfPresent(), expected.miou_present, 'mIoU');
			expectNullable(metric.meanOfPresent(1), expected.miou_present_foreground, 'foreground');
		},
	};
}

function expectNullable(actual: number | null, expected: number | null, what: string): void {
	if (actual === null || expected === null) expectEqual(actual, expected, what);
	else expectClose(actual, expected, {}, what);
}

function oneHot({ data, shape }: Values, classes: number): Values {
	const [images = 0, height = 0, width = 0] = shape;
	const pixels = height * width;
	const planes = new Float32Array(images * classes * pixels);
	for (let i = 0; i < data.length; i++) {
		const image = Math.floor(i / pixels);
		planes[(image * classes + data[i]!) * pixels + (i % pixels)] = 1;
	}
	return { data: planes, shape: [images, classes, height, width] };
}

/** Sums by formula: see the file's note. */
const BLOCK = 262_144;
const UPDATES = 300;
const CLASSES = 6;

function sumsOf(i: number): { inter: number[]; union: number[] } {
	const inter = Array.from({ length: CLASSES }, (_, c) => {
		const part = Math.floor((BLOCK * 16 * (3 + ((7 * i + 5 * c) % 11))) / 40);
		return part + ((131 * i + 977 * c) % 1000);
	});
	const union = inter.map(
		(sum, c) => sum + BLOCK * (((3 * i + c) % 5) + 1) + ((17 * i + 29 * c) % 777),
	);
	return { inter, union };
}

function* accumulated(expected: v.InferOutput<typeof accumulation>): Iterable<OracleCase> {
	for (const { updates, total_inter, total_union, result } of expected.trace)
		yield {
			name: `single precision after ${updates} updates`,
			run() {
				const metric = new IouAccumulator(CLASSES);
				for (let i = 0; i < updates; i++) {
					const { inter, union } = sumsOf(i);
					metric.add(inter, union);
				}
				expectEqual([...metric.inter], total_inter, 'intersection');
				expectEqual([...metric.union], total_union, 'union');
				expectClose(metric.value(), result, SINGLE, 'result');
			},
		};
	yield {
		name: 'exact sums differ from those in single precision',
		run() {
			const exact = {
				inter: Array<number>(CLASSES).fill(0),
				union: Array<number>(CLASSES).fill(0),
			};
			for (let i = 0; i < UPDATES; i++)
				for (const kind of ['inter', 'union'] as const)
					for (const [c, sum] of sumsOf(i)[kind].entries()) exact[kind][c]! += sum;
			expectEqual(exact.inter, expected.exact_inter, 'intersection');
			expectEqual(exact.union, expected.exact_union, 'union');
			const mean = exact.inter.reduce((sum, n, c) => sum + n / exact.union[c]!, 0) / CLASSES;
			expectClose(mean, expected.exact_result, {}, 'result');
		},
	};
}

export const oracles = [iou];
