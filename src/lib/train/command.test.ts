import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printCommand, readCommand } from './command';
import { canonicalSettings, DEFAULT_SETTINGS, type TrainSettings } from './settings';

const settings = (change: Partial<TrainSettings>) => ({ ...DEFAULT_SETTINGS, ...change });

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const power = fc.integer({ min: 0, max: 20 });
const text = fc.oneof(
	fc.string({ maxLength: 12 }),
	fc.constantFrom(
		'img-classification_cifar-10_acc_ResNet',
		'-c',
		'-1',
		"it's",
		'norm_32_flip',
		'a b',
	),
);
const name = fc
	.stringMatching(/^[A-Za-z]\w{0,8}$/)
	.filter((one) => one !== 'lr' && one !== 'batch');
const value = fc.oneof(
	unit,
	text.filter((one) => one !== ''),
);
const sorted = (a: number, b: number) => [Math.min(a, b), Math.max(a, b)] as const;

const anySettings: fc.Arbitrary<TrainSettings> = fc
	.record({
		config: text,
		nnPrm: fc.dictionary(
			fc.oneof(name, fc.constantFrom('momentum', 'dropout', 'pretrained')),
			value,
		),
		batch: fc.option(fc.integer({ min: 1, max: 4096 })),
		epochs: fc.integer({ min: 1, max: 1000 }),
		trials: fc.integer({ min: -50, max: 500 }),
		powers: fc.tuple(power, power),
		rates: fc.tuple(unit, unit),
		momenta: fc.tuple(unit, unit),
		dropouts: fc.tuple(unit, fc.constantFrom(0, 0.5, 1)),
		transform: fc.option(text.filter((one) => one !== '')),
		nnFailAttempts: fc.nat(60),
		flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
		workers: fc.nat(8),
		pretrained: fc.constantFrom(0, 1, null),
		epochLimitMinutes: fc.integer({ min: 1, max: 600 }),
	})
	.map(({ nnPrm, batch, powers, rates, momenta, dropouts, flags, ...rest }) => {
		const [minBatchBinaryPower, maxBatchBinaryPower] = sorted(...powers);
		const [low, high] = sorted(...rates);
		const [minMomentum, maxMomentum] = sorted(...momenta);
		const [minDropout, maxDropout] = sorted(...dropouts);
		const [randomConfigOrder, trainMissingPipelines, savePthWeights, saveOnnxWeights] = flags;
		return {
			...rest,
			nnPrm: { ...nnPrm, ...(batch !== null && { batch }) },
			...{ minBatchBinaryPower, maxBatchBinaryPower, minMomentum, maxMomentum },
			...{ minDropout, maxDropout, randomConfigOrder, trainMissingPipelines },
			...{ savePthWeights, saveOnnxWeights },
			minLearningRate: low + 1e-9,
			maxLearningRate: high + 1e-9,
		};
	});

describe('training command', () => {
	it('reads back to the settings it was printed from', () => {
		fc.assert(
			fc.property(anySettings, (given) => {
				const { text } = printCommand(given);
				expect(readCommand(text).settings).toEqual(canonicalSettings(given));
			}),
		);
	});

	it('leaves defaults out and quotes what a shell would take apart', () => {
		expect(printCommand(DEFAULT_SETTINGS).text).toBe('python -m ab.nn.train');
		const one = settings({
			config: 'img-classification_mnist_acc_AlexNet',
			epochs: 5,
			trials: 1,
			nnPrm: { transform: 'norm_299', momentum: 0.9, lr: 0.00005, batch: 64, dropout_aux: 1 },
		});
		expect(printCommand(one)).toEqual({
			text:
				'python -m ab.nn.train -c img-classification_mnist_acc_AlexNet -p ' +
				`'{"batch": 64, "dropout_aux": 1.0, "lr": 5e-05, "momentum": 0.9, "transform": "norm_299"}' ` +
				'-e 5 -t 1',
			differences: [],
		});
	});

	it('fixes a momentum of 0 by its range, and says what LEMUR cannot fix', () => {
		const { text, differences } = printCommand(
			settings({ nnPrm: { momentum: 0, norm_eps: 0 }, pretrained: 0 }),
		);
		expect(text).toBe(`python -m ab.nn.train -p '{"norm_eps": 0.0}' -m 0.0 --pretrained 0`);
		expect(differences).toEqual([
			'LEMUR takes a fixed norm_eps of 0 as not given and searches it; here it stays 0.',
			'LEMUR takes a fixed pretrained of 0 as not given and searches it; here it stays 0.',
		]);
	});

	it('is read in every form that argparse takes', () => {
		const read = readCommand(`$ .venv/bin/python3.11 -m ab.nn.train -cimg-segmentation \\
			--epochs=3 -t -2 --max_mom .8 -l=1E-1 -p "{\\"lr\\": 0.01}" -e 4 # the last one counts`);
		expect(read).toEqual({
			settings: settings({
				config: 'img-segmentation',
				epochs: 4,
				trials: -2,
				maxMomentum: 0.8,
				maxLearningRate: 1,
				nnPrm: { lr: 0.01 },
			}),
			notes: [],
		});
	});

	it('takes False for yes, as LEMUR does, and says so; a fixed 0 stays 0', () => {
		const { settings: read, notes } = readCommand(
			`python -m ab.nn.train -r False -p '{"momentum": 0}'`,
		);
		expect([read.randomConfigOrder, read.nnPrm]).toEqual([true, { momentum: 0 }]);
		expect(notes).toHaveLength(2);
	});

	it.each([
		['', 'no command'],
		['pip install nn-dataset', 'starts with'],
		['python -m ab.nn.train -e', '--epochs needs a value'],
		['python -m ab.nn.train -e -c', '--epochs needs a value'],
		['python -m ab.nn.train -e five', 'a whole number'],
		['python -m ab.nn.train -l nan', 'a number'],
		['python -m ab.nn.train --min 1', 'could be --min_batch_binary_power'],
		['python -m ab.nn.train --speed 1', "no flag '--speed'"],
		['python -m ab.nn.train VGG', "no flag 'VGG'"],
		['python -m ab.nn.train -p {"lr": 1}', '--nn_prm is not JSON'],
		[`python -m ab.nn.train -p '[1]'`, 'must be an object'],
		[`python -m ab.nn.train -p '{"lr": null}'`, "'lr' must be a number or a text"],
		[`python -m ab.nn.train -p '{"__proto__": 1}'`, 'needs a name of letters'],
		[`python -m ab.nn.train -p '{"lr": NaN}'`, "'lr' is not a number"],
		['python -m ab.nn.train -m 0.1 --min_momentum 0.5', 'is above maxMomentum'],
		['python -m ab.nn.train && rm -r x', 'more than one command'],
	])('%j is refused in words', (line, words) => {
		expect(() => readCommand(line)).toThrow(words);
	});
});
