import { describe, expect, it } from 'vitest';
import { TRIAL_DEFAULTS, type TrialConfig } from './config';
import { printTrialCommand, readTrialCommand } from './trial-command';

const config: TrialConfig = {
	...TRIAL_DEFAULTS,
	dataset: 'mnist',
	nn: 'AlexNet',
	transform: 'norm_299',
	epochs: 3,
	prm: { lr: 0.01, momentum: 0, batch: 64, dropout: 0.25 },
};

describe('command of a trial', () => {
	it('fixes everything and reads back', () => {
		const { text, differences } = printTrialCommand(config);
		expect(text).toBe(
			'python -m ab.nn.train -c img-classification_mnist_acc_AlexNet ' +
				`-p '{"batch": 64, "dropout": 0.25, "lr": 0.01, "transform": "norm_299"}' -e 3 -m 0.0`,
		);
		expect(differences).toEqual([expect.stringContaining('no seed')]);
		const { task, dataset, metric, nn, transform, epochs, prm } = config;
		expect(readTrialCommand(text)).toEqual({
			...{ task, dataset, metric, nn, transform, epochs, prm },
			epochLimitMinutes: 30,
			notes: [],
		});
	});

	it('says what LEMUR has no flag for', () => {
		const changed = { ...config, gate: false, trainLimit: 100, epochLimitMinutes: 0.5 };
		const { text, differences } = printTrialCommand(changed);
		expect(text).toContain('--epoch_limit_minutes 1');
		expect(differences).toHaveLength(4);
	});

	it('leaves open what a command leaves to the search', () => {
		expect(readTrialCommand('python -m ab.nn.train -c img-classification_mnist -t 5')).toEqual({
			task: 'img-classification',
			dataset: 'mnist',
			epochs: 1,
			epochLimitMinutes: 30,
			prm: {},
			notes: [expect.stringContaining('5 trials')],
		});
	});

	it('takes a range of one value as fixed', () => {
		const line = 'python -m ab.nn.train --min_batch 5 -b 5 --min_mom .5 -m .5 -f echo_32';
		const { prm, transform } = readTrialCommand(line);
		expect([prm, transform]).toEqual([{ batch: 32, momentum: 0.5 }, 'echo_32']);
	});

	it('refuses a text for a number', () => {
		expect(() => readTrialCommand(`python -m ab.nn.train -p '{"momentum": "high"}'`)).toThrow(
			"'momentum' must be a number",
		);
	});
});
