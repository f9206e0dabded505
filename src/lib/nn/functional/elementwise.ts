/** Arithmetic on every element, with PyTorch's broadcasting. Activations have a file of their own. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { scalar } from '../constants';
import { Tensor } from '../tensor';
import { addMemory } from './add';
import { broadcast, unbroadcast, type Pair } from './broadcast';

type Operand = Tensor | number;

/** A number as a tensor of no dimensions that lives on the device. */
function operand(value: Operand): Tensor {
	return typeof value === 'number' ? new Tensor(scalar(value), []) : value;
}

interface Rule {
	readonly forward: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
	/** gradient of each operand before it is summed to the operand's shape */
	readonly da: (g: tf.Tensor, pair: Pair, out: tf.Tensor) => tf.Tensor;
	readonly db: (g: tf.Tensor, pair: Pair, out: tf.Tensor) => tf.Tensor;
}

function binary(name: string, left: Operand, right: Operand, rule: Rule): Tensor {
	const a = operand(left);
	const b = operand(right);
	const pair = broadcast(name, a, b);
	const { shape, layout } = pair;
	const memory = rule.forward(pair.a, pair.b);
	return record({
		name,
		inputs: [a, b],
		memory,
		shape,
		layout,
		backward: (gradient, [needsA, needsB]) => {
			const g = gradient.as(layout);
			const back = (made: tf.Tensor, input: Tensor) =>
				unbroadcast(new Tensor(made, shape, layout), input);
			return [
				needsA ? back(rule.da(g, pair, memory), a) : null,
				needsB ? back(rule.db(g, pair, memory), b) : null,
			];
		},
	});
}

export function add(a: Operand, b: Operand): Tensor {
	return binary('add', a, b, { forward: addMemory, da: (g) => g, db: (g) => g });
}

export function sub(a: Operand, b: Operand): Tensor {
	return binary('sub', a, b, { forward: tf.sub, da: (g) => g, db: (g) => tf.neg(g) });
}

export function mul(a: Operand, b: Operand): Tensor {
	return binary('mul', a, b, {
		forward: tf.mul,
		da: (g, pair) => tf.mul(g, pair.b),
		db: (g, pair) => tf.mul(g, pair.a),
	});
}

export function div(a: Operand, b: Operand): Tensor {
	return binary('div', a, b, {
		forward: tf.div,
		da: (g, pair) => tf.div(g, pair.b),
		db: (g, pair, out) => tf.neg(tf.div(tf.mul(g, out), pair.b)),
	});
}

/** The gradient of an operation on one tensor, element by element. */
function unary(
	name: string,
	x: Tensor,
	forward: (x: tf.Tensor) => tf.Tensor,
	gradientOf: (g: tf.Tensor, x: tf.Tensor, out: tf.Tensor) => tf.Tensor,
): Tensor {
	const { shape, layout } = x;
	const memory = forward(x.memory);
	return record({
		name,
		inputs: [x],
		memory,
		shape,
		layout,
		backward: (gradient) => [
			new Tensor(gradientOf(gradient.as(layout), x.memory, memory), shape, layout),
		],
	});
}

export function neg(x: Tensor): Tensor {
	return unary('neg', x, tf.neg, (g) => tf.neg(g));
}

export function exp(x: Tensor): Tensor {
	return unary('exp', x, tf.exp, (g, _x, out) => tf.mul(g, out));
}

export function log(x: Tensor): Tensor {
	return unary('log', x, tf.log, (g, memory) => tf.div(g, memory));
}

export function sqrt(x: Tensor): Tensor {
	return unary('sqrt', x, tf.sqrt, (g, _x, out) => tf.div(tf.mul(g, scalar(0.5)), out));
}

/** @param exponent a fixed number */
export function pow(x: Tensor, exponent: number): Tensor {
	if (exponent === 2)
		return unary('pow', x, tf.square, (g, memory) => tf.mul(g, tf.mul(memory, scalar(2))));
	return unary(
		'pow',
		x,
		(memory) => tf.pow(memory, scalar(exponent)),
		(g, memory) => tf.mul(g, tf.mul(scalar(exponent), tf.pow(memory, scalar(exponent - 1)))),
	);
}

export { unary };
