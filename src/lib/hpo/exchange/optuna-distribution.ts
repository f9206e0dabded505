/** Optuna's JSON of a distribution, printed as version 4.5 does and read as it and older ones wrote it. */
import * as v from 'valibot';
import { checked, type Distribution } from '../distributions';
import { parsePython, printPython, PyFloat } from './python-values';

/** A file that is none of Optuna's, or holds what this page cannot hold. The message says what. */
export class ExchangeError extends Error {
	override readonly name = 'ExchangeError';
}

/** @returns the text of `distribution_json` */
export function printDistribution(distribution: Distribution): string {
	if (distribution.type === 'categorical')
		return printPython({
			name: 'CategoricalDistribution',
			attributes: { choices: distribution.choices },
		});
	const { type, low, high, step, log } = distribution;
	const float = (x: number) => new PyFloat(x);
	return type === 'float'
		? printPython({
				name: 'FloatDistribution',
				attributes: {
					step: step === null ? null : float(step),
					low: float(low),
					high: float(high),
					log,
				},
			})
		: printPython({ name: 'IntDistribution', attributes: { log, step: step ?? 1, low, high } });
}

const choice = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const range = { low: v.number(), high: v.number() };
const step = v.optional(v.nullable(v.number()));
const log = v.optional(v.boolean(), false);

/** Names of classes, old ones too, and the short form that Optuna also reads. */
const schema = v.union([
	v.object({
		name: v.literal('CategoricalDistribution'),
		attributes: v.object({ choices: v.array(choice) }),
	}),
	v.object({
		name: v.picklist(['FloatDistribution', 'IntDistribution']),
		attributes: v.object({ ...range, step, log }),
	}),
	v.object({
		name: v.picklist(['UniformDistribution', 'LogUniformDistribution']),
		attributes: v.object(range),
	}),
	v.object({
		name: v.literal('DiscreteUniformDistribution'),
		attributes: v.object({ ...range, q: v.number() }),
	}),
	v.object({
		name: v.picklist(['IntUniformDistribution', 'IntLogUniformDistribution']),
		attributes: v.object({ ...range, step: v.optional(v.number(), 1) }),
	}),
	v.object({ type: v.literal('categorical'), choices: v.array(choice) }),
	v.object({ type: v.picklist(['float', 'int']), ...range, step, log }),
]);

/**
 * @param name of the parameter, for the message
 * @throws ExchangeError when it is unknown or cannot be searched
 */
export function readDistribution(name: string, text: string): Distribution {
	const result = v.safeParse(schema, parsed(name, text));
	if (!result.success)
		throw new ExchangeError(
			`The parameter ${name} has a distribution that this page does not know: ${text.slice(0, 200)}`,
		);
	try {
		return checked(name, fieldsOf(result.output));
	} catch (error) {
		throw new ExchangeError(error instanceof Error ? error.message : String(error));
	}
}

function parsed(name: string, text: string): unknown {
	try {
		return parsePython(text);
	} catch {
		throw new ExchangeError(`The distribution of the parameter ${name} is not JSON.`);
	}
}

function fieldsOf(read: v.InferOutput<typeof schema>): Distribution {
	if ('type' in read) {
		if (read.type === 'categorical') return read;
		const { type, low, high, step = null, log } = read;
		return { type, low, high, step: type === 'int' ? (step ?? 1) : step, log };
	}
	switch (read.name) {
		case 'CategoricalDistribution':
			return { type: 'categorical', choices: read.attributes.choices };
		case 'FloatDistribution': {
			const { step = null, ...attributes } = read.attributes;
			return { type: 'float', ...attributes, step };
		}
		case 'IntDistribution': {
			const { step, ...attributes } = read.attributes;
			return { type: 'int', ...attributes, step: step ?? 1 };
		}
		case 'UniformDistribution':
			return { type: 'float', ...read.attributes, step: null, log: false };
		case 'LogUniformDistribution':
			return { type: 'float', ...read.attributes, step: null, log: true };
		case 'DiscreteUniformDistribution': {
			const { low, high, q } = read.attributes;
			return { type: 'float', low, high, step: q, log: false };
		}
		case 'IntUniformDistribution':
			return { type: 'int', ...read.attributes, log: false };
		case 'IntLogUniformDistribution':
			return { type: 'int', ...read.attributes, step: 1, log: true };
	}
	read satisfies never;
}
