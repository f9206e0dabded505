/** The flags of `python -m ab.nn.train`: a long name for each setting, a letter for some. */
import { parsePythonJson, writePythonJson, type PyValue } from '../db/records/python-json';
import { floatRepr } from '../db/records/python-text';
import { prmDict } from './prm';
import { lemurName, type Draft, type PrmValue, type TrainSettings } from './settings';

type KeyOf<T> = {
	[Key in keyof TrainSettings]: TrainSettings[Key] extends T ? Key : never;
}[keyof TrainSettings];

/** One flag; every flag takes a value. */
export interface Flag {
	readonly long: string;
	readonly short?: string;
	/** @returns the value as LEMUR reads it; null = none, which only defaults have */
	print(settings: TrainSettings): string | null;
	/** @returns a note for people when LEMUR takes the value otherwise than it looks */
	read(text: string, draft: Draft): string | void;
}

/** A value that LEMUR's command line refuses. */
export class FlagError extends Error {
	override readonly name = 'FlagError';
}

const longOf = (key: string) => `--${lemurName(key)}`;

function refuse(key: string, text: string, expected: string): never {
	throw new FlagError(`${longOf(key)} must be ${expected}, not '${text}'.`);
}

type NumberKey = KeyOf<number>;

function whole(key: NumberKey, short?: string): Flag {
	return {
		long: longOf(key),
		...(short && { short }),
		print: (settings) => String(settings[key]),
		read(text, draft) {
			if (!/^\s*[+-]?\d+\s*$/.test(text)) refuse(key, text, 'a whole number');
			draft[key] = Number(text);
		},
	};
}

function decimal(key: NumberKey, short?: string): Flag {
	return {
		long: longOf(key),
		...(short && { short }),
		print: (settings) => floatRepr(settings[key]),
		read(text, draft) {
			const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
			if (!number.test(text)) refuse(key, text, 'a number');
			draft[key] = Number(text);
		},
	};
}

/** LEMUR takes every text as yes, `False` too. */
function anyText(
	key: 'randomConfigOrder' | 'trainMissingPipelines' | 'savePthWeights',
	short?: string,
): Flag {
	return {
		long: longOf(key),
		...(short && { short }),
		print: (settings) => (settings[key] ? 'True' : null),
		read(text, draft) {
			draft[key] = text !== '';
			if (/^(false|no|0|off)$/i.test(text))
				return `LEMUR takes any text after ${longOf(key)} as yes, '${text}' too: leave the flag out for no.`;
		},
	};
}

const config: Flag = {
	long: '--config',
	short: '-c',
	print: ({ config }) => config,
	read(text, draft) {
		draft.config = text;
	},
};

const transform: Flag = {
	long: '--transform',
	short: '-f',
	print: ({ transform }) => transform,
	read(text, draft) {
		draft.transform = text === '' ? null : text;
	},
};

const pretrained: Flag = {
	long: '--pretrained',
	print: ({ pretrained }) => (pretrained === null ? null : String(pretrained)),
	read(text, draft) {
		if (text !== '0' && text !== '1') refuse('pretrained', text, '0 or 1');
		draft.pretrained = text === '1' ? 1 : 0;
	},
};

const saveOnnxWeights: Flag = {
	long: '--save_onnx_weights',
	print: ({ saveOnnxWeights }) => String(Number(saveOnnxWeights)),
	read(text, draft) {
		// Later revisions of LEMUR print a word instead of a digit.
		if (!/^(0|1|True)$/.test(text)) refuse('saveOnnxWeights', text, '0 or 1');
		draft.saveOnnxWeights = text !== '0';
	},
};

const nnPrm: Flag = {
	long: '--nn_prm',
	short: '-p',
	print: ({ nnPrm }) => writePythonJson(prmDict(nnPrm)),
	read(text, draft) {
		draft.nnPrm = readPrm(text);
	},
};

/** In LEMUR's order. */
export const FLAGS: readonly Flag[] = [
	config,
	nnPrm,
	whole('epochs', '-e'),
	whole('trials', '-t'),
	whole('minBatchBinaryPower'),
	whole('maxBatchBinaryPower', '-b'),
	decimal('minLearningRate'),
	decimal('maxLearningRate', '-l'),
	decimal('minMomentum'),
	decimal('maxMomentum', '-m'),
	decimal('minDropout'),
	decimal('maxDropout', '-d'),
	transform,
	whole('nnFailAttempts', '-a'),
	anyText('randomConfigOrder', '-r'),
	whole('workers', '-w'),
	pretrained,
	whole('epochLimitMinutes'),
	anyText('trainMissingPipelines'),
	anyText('savePthWeights'),
	saveOnnxWeights,
];

function readPrm(text: string): Record<string, PrmValue> {
	let value: PyValue;
	try {
		value = parsePythonJson(text);
	} catch (error) {
		throw new FlagError(`--nn_prm is not JSON: ${error instanceof Error ? error.message : error}`);
	}
	if (!(value instanceof Map))
		throw new FlagError(`--nn_prm must be an object, as in '{"lr": 0.01, "batch": 64}'.`);
	return Object.fromEntries([...value].map(([name, one]) => [name, prmValue(name, one)]));
}

function prmValue(name: string, value: PyValue): PrmValue {
	if (typeof value === 'bigint') return Number(value);
	if (typeof value === 'number' || typeof value === 'string') return value;
	throw new FlagError(`--nn_prm: '${name}' must be a number or a text.`);
}
