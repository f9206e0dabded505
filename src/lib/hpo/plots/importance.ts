/** Which hyperparameters matter in a study, as Optuna's evaluators say. */
import { displayName } from '../../url/display-name';
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { netAxis } from '../../stats/plots/net-axis';
import { paletteOf } from '../../stats/plots/palette';
import { numberText } from '../../stats/plots/prm-axis';
import { plotName } from '../../stats/plots/text';
import { counted } from '../../stats/plots/words';
import { isSingle, toExternal, toInternal } from '../distributions';
import { fanova } from '../importance/fanova';
import { pedAnova } from '../importance/ped-anova';
import { normalized, type Parameter, type Trials } from '../importance/space';
import { seededRandom } from '../random';
import type { Direction } from '../trial';
import type { StudyTrial } from '../study/study';
import type { StudyPlotOptions, StudyPlotSpec } from './plot';
import { completeTrials, completeValue } from './trials';

/** With fewer trials the best tenth is a handful. */
const FEW = 50;
const MAX_SAMPLES = 2_000;

export const importance: StudyPlotSpec = {
	id: 'importance',
	title: 'Importance of hyperparameters',
	about:
		'Share of each hyperparameter in what sets good trials apart. PED-ANOVA compares the best tenth with all; fANOVA is the share of the variance that a random forest explains by one alone. Both as Optuna defines them.',
	controls: ['evaluator'],
	ratio: 0.45,
	compares: false,
	draw([study], options) {
		const trials = study ? completeTrials(study) : [];
		if (!study || trials.length < 2)
			return emptyFigure(
				importance,
				options,
				`Importance compares trials: it needs two with a value, and ${counted(trials.length, 'trial')} of those that pass the filter ${trials.length === 1 ? 'has' : 'have'} one.`,
			);
		const input = sharedTrials(trials);
		const bars = barsOf(input, study.direction, options);
		if (typeof bars === 'string') return emptyFigure(importance, options, bars);
		const evaluator = options.evaluator === 'fanova' ? 'fANOVA' : 'PED-ANOVA';
		return {
			data: [
				{
					type: 'bar',
					orientation: 'h',
					x: bars.map(({ share }) => share),
					y: bars.map((_, i) => i),
					marker: { color: paletteOf(options.theme).series(0).color },
					text: bars.map(({ share }) => share.toFixed(3)),
					textposition: 'outside',
					hovertext: bars.map(
						({ name, share, raw }) =>
							`${plotName(name)}<br>${share.toFixed(4)} of the sum; ${numberText(raw)} before dividing by it`,
					),
					hovertemplate: '%{hovertext}<extra></extra>',
				},
			],
			layout: layoutOf(
				importance.title,
				options,
				{
					xaxis: {
						type: 'linear',
						title: { text: `Importance by ${evaluator} (share of the sum)` },
						range: [0, Math.min(1.08, bars[0]!.share * 1.15)],
					},
					yaxis: netAxis(bars.map(({ name }) => name)),
				},
				{ showlegend: false, bargap: 0.3 },
			),
			title: importance.title,
			summary: `Importance over ${counted(input.values.length, 'trial')} by ${evaluator}: ${bars
				.slice(0, 2)
				.map(({ name, share }) => `${displayName(name)} (${share.toFixed(3)})`)
				.join(', then ')}.`,
			used: input.values.length,
			notes: notesOf(trials, input),
			table: [
				{ title: 'Hyperparameter', unit: 'none', values: bars.map(({ name }) => name) },
				{ title: 'Importance (share)', unit: 'plain', values: bars.map(({ share }) => share) },
				{ title: 'Importance (raw)', unit: 'plain', values: bars.map(({ raw }) => raw) },
			],
		};
	},
};

interface Bar {
	readonly name: string;
	readonly share: number;
	readonly raw: number;
}

function barsOf(
	input: Trials,
	direction: Direction,
	{ evaluator }: StudyPlotOptions,
): readonly Bar[] | string {
	if (input.parameters.every(({ distribution }) => isSingle(distribution)))
		return 'Every hyperparameter has one value only, so none can be told to matter.';
	const raw =
		evaluator === 'fanova'
			? fanova(input, { random: seededRandom(0), trees: 64, maxSamples: MAX_SAMPLES })
			: pedAnova(input, { direction });
	if (!raw?.some((value) => value > 0))
		return `The ${counted(input.values.length, 'trial')} do not differ in their value, so no importance can be computed.`;
	const shares = normalized(raw);
	return input.parameters
		.map(({ name }, p) => ({ name, share: shares[p]!, raw: raw[p]! }))
		.sort((a, b) => b.share - a.share);
}

/** The hyperparameters that all trials have over one range, that of the newest trial. */
function sharedTrials(trials: readonly StudyTrial[]): Trials {
	const spaces = [...new Set(trials.map(({ space }) => space))];
	const newest = trials.at(-1)!.space;
	const shared = newest.filter(({ name }) =>
		spaces.every((space) => space.some((one) => one.name === name)),
	);
	const rows = trials.flatMap((trial) => {
		const inputs = shared.map((parameter) => inputIn(trial, parameter));
		const complete = inputs.filter((input) => input !== null);
		return complete.length === shared.length
			? [{ inputs: complete, value: completeValue(trial) }]
			: [];
	});
	return {
		parameters: shared,
		inputs: shared.map((_, p) => Float64Array.from(rows, ({ inputs }) => inputs[p]!)),
		values: Float64Array.from(rows, ({ value }) => value),
	};
}

function inputIn(trial: StudyTrial, { name, distribution }: Parameter): number | null {
	const place = trial.space.findIndex((one) => one.name === name);
	if (place < 0) return null;
	const own = trial.space[place]!.distribution;
	if (own === distribution) return trial.inputs[place]!;
	return toInternal(distribution, toExternal(own, trial.inputs[place]!));
}

function notesOf(trials: readonly StudyTrial[], input: Trials): string[] {
	const used = input.values.length;
	const left = trials.length - used;
	return [
		...(left > 0
			? [`${counted(left, 'trial')} with values outside of the newest ranges are left out.`]
			: []),
		...(used < FEW
			? [`${counted(used, 'trial')} are few for this: another one may change the order.`]
			: []),
	];
}
