import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { trialConfigSchema } from './config';
import { completeSetup, setupOf, trainSetupSchema, type SetupContext } from './setup';
import { readSetupTexts, setupTexts } from './setup-text';
import { tinyConfig } from './testing';

const context: SetupContext = {
	names: ['lr', 'momentum', 'dropout', 'odd'],
	transforms: ['norm_32', 'norm', 'echo'],
};
const preset = {
	prm: { lr: 0.003, batch: 24, momentum: 0.7 },
	transform: 'echo',
	best: 3,
	runs: 30,
	from: 0.8,
};

describe('completeSetup', () => {
	it('without a choice: the small net on the digits that always works', () => {
		const { config } = completeSetup({}, { names: ['lr', 'momentum'], transforms: ['norm'] });
		expect(config).toMatchObject({ dataset: 'digits', nn: 'ICNet', transform: 'norm', epochs: 5 });
		expect(config.prm).toEqual({ lr: 0.05, momentum: 0.9, batch: 16 });
		expect(v.is(trialConfigSchema, config)).toBe(true);
	});

	it('a choice counts before LEMUR’s best runs, those before what is usual', () => {
		const { config, origins } = completeSetup(
			{ dataset: 'mnist', nn: 'VGG', prm: { lr: 0.5 } },
			{ ...context, preset },
		);
		expect(config.prm).toEqual({ batch: 24, lr: 0.5, momentum: 0.7, dropout: 0.2, odd: 0.5 });
		expect(origins).toEqual({
			batch: 'lemur',
			lr: 'chosen',
			momentum: 'lemur',
			dropout: 'usual',
			odd: 'usual',
		});
		expect(config.transform).toBe('echo');
	});

	it('only transforms that fit are offered, and batches that the data fills', () => {
		const { config } = completeSetup(
			{ dataset: 'mnist' },
			{ ...context, preset: { ...preset, transform: 'norm_256' }, samples: 10 },
		);
		expect([config.transform, config.prm['batch']]).toEqual(['norm_32', 10]);
		const chosen = completeSetup(
			{ dataset: 'mnist', prm: { batch: 50 } },
			{ ...context, samples: 10 },
		);
		expect(chosen.config.prm['batch']).toBe(50); // a person may try
	});
});

describe('setups as texts', () => {
	const number = (text: string) =>
		text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
	it('read back what was printed', () => {
		const setup = { ...setupOf(tinyConfig), gate: false, trainLimit: 7 };
		const texts = setupTexts(setup, String);
		expect(texts).toContain('prm.lr:0.05');
		expect(v.parse(trainSetupSchema, readSetupTexts(texts, number))).toEqual(setup);
	});

	it('names of object internals are left out', () => {
		const setup = v.parse(trainSetupSchema, readSetupTexts(['prm.__proto__:1'], number));
		expect([setup, Object.getPrototypeOf(setup.prm)]).toEqual([{ prm: {} }, Object.prototype]);
	});

	it.each(['epochs:many', 'gate:yes', 'prm.lr:fast', 'else:1', 'epochs', 'epochs:0'])(
		'what cannot be a setup is refused: %s',
		(text) => {
			expect(v.is(trainSetupSchema, readSetupTexts([text], number))).toBe(false);
		},
	);
});
