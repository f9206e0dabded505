/** Which hyperparameters matter: Optuna's importance over the best epochs of the runs of a leaderboard. */
import { displayName } from '../../url/display-name';
import { fanova } from '../../hpo/importance/fanova';
import { pedAnova } from '../../hpo/importance/ped-anova';
import { normalized, type Distribution } from '../../hpo/importance/space';
import { seededRandom } from '../../hpo/random';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { netAxis } from './net-axis';
import { paletteOf } from './palette';
import type { BarTrace, Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec } from './plot';
import { metricWords } from './pool';
import { constantNote, numberText } from './prm-axis';
import { chosenNames, searchRuns, varies, type SearchRuns } from './search-runs';
import { trialsOf } from './search-space';
import { plotName } from './text';
import { counted, countText } from './words';

/** Runs that a tree of the forest is grown on at most: all of tens of thousands would take a minute. */
const MAX_SAMPLES = 2_000;
const TREES = 64;
const SEED = 0;
/** With fewer runs the best tenth is a handful, and so is what is said of it. */
const FEW = 50;

export const importance: PlotSpec = {
	id: 'importance',
	title: 'Importance of hyperparameters',
	about:
		'Share of each hyperparameter in what sets good runs apart, each run at its best epoch. PED-ANOVA compares the best tenth of the runs with all of them; fANOVA is the share of the variance that a random forest explains by one hyperparameter alone. Both as Optuna defines them.',
	group: 'Hyperparameters',
	controls: ['board', 'prm', 'evaluator'],
	size: [8, 4.5],
	draw,
};

/** One bar. */
interface Bar {
	readonly name: string;
	/** of the sum */
	readonly share: number;
	readonly raw: number;
	/** how it was taken to have been searched */
	readonly space: string;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const search = searchRuns(rows, options, chosenNames(rows.columns, options));
	if (!search) return emptyFigure(importance, options, NO_ROWS);
	const why = whyNot(search);
	if (why !== undefined) return emptyFigure(importance, options, why);
	const bars = barsOf(search, options);
	if (typeof bars === 'string') return emptyFigure(importance, options, bars);
	const title = `${importance.title}: ${search.pool.name}`;
	const axes = {
		xaxis: {
			type: 'linear',
			title: { text: `Importance by ${evaluatorTitle(options)} (share of the sum)` },
			range: [0, Math.min(1.08, bars[0]!.share * 1.15)],
		} as const,
		yaxis: netAxis(bars.map(({ name }) => name)),
	};
	return {
		data: [traceOf(bars, options)],
		layout: layoutOf(title, options, axes, { showlegend: false, bargap: 0.3 }),
		title,
		summary: summaryOf(search, bars, options),
		used: search.pool.ids.length,
		notes: notesOf(search, options),
		table: tableOf(bars),
		within: search.pool.within,
	};
}

const evaluatorTitle = ({ evaluator }: PlotOptions) =>
	evaluator === 'fanova' ? 'fANOVA' : 'PED-ANOVA';

function whyNot({ best, parameters, pool }: SearchRuns): string | undefined {
	if (best.length < 2)
		return `${pool.name} has ${best.length === 0 ? 'no run' : 'one run'} here with these hyperparameters, and importance compares runs. Choose another leaderboard or remove a condition.`;
	if (!parameters.some(varies))
		return `All ${counted(best.length, 'run')} of ${pool.name} here have the same hyperparameters, so none can be told to matter. Remove a condition on hyperparameters or choose another leaderboard.`;
	return undefined;
}

/** Most important first, equal ones by name; a sentence where nothing can be said. */
function barsOf(search: SearchRuns, { evaluator }: PlotOptions): readonly Bar[] | string {
	const trials = trialsOf(search);
	const raw =
		evaluator === 'fanova'
			? fanova(trials, { random: seededRandom(SEED), trees: TREES, maxSamples: MAX_SAMPLES })
			: pedAnova(trials, { direction: 'maximize' });
	if (!raw?.some((value) => value > 0))
		return `The ${counted(search.best.length, 'run')} of ${search.pool.name} here do not differ in what they reach, or not along any hyperparameter, so no importance can be computed.`;
	const shares = normalized(raw);
	return trials.parameters
		.map(({ name, distribution }, p) => {
			return { name, share: shares[p]!, raw: raw[p]!, space: spaceText(distribution) };
		})
		.sort((a, b) => b.share - a.share);
}

function spaceText(distribution: Distribution): string {
	if (distribution.type === 'categorical')
		return counted(distribution.choices.length, 'choice', 'choices');
	const { low, high, log } = distribution;
	return `${numberText(low)} to ${numberText(high)}, ${log ? 'logarithmic' : 'linear'}`;
}

function traceOf(bars: readonly Bar[], { theme }: PlotOptions): BarTrace {
	return {
		type: 'bar',
		orientation: 'h',
		x: Float64Array.from(bars, ({ share }) => share),
		y: Float64Array.from(bars, (_, i) => i),
		marker: { color: paletteOf(theme).series(0).color },
		text: bars.map(({ share }) => share.toFixed(3)),
		textposition: 'outside',
		hovertext: bars.map(
			({ name, share, raw, space }) =>
				`${plotName(name)}<br>${share.toFixed(4)} of the sum; ${numberText(raw)} before dividing by it<br>Searched: ${space}`,
		),
		hovertemplate: '%{hovertext}<extra></extra>',
	};
}

function notesOf(search: SearchRuns, { evaluator, prm }: PlotOptions): string[] {
	const runs = search.best.length;
	const constant = search.parameters.filter((one) => !varies(one)).map(({ name }) => name);
	const notes = [...search.notes];
	if (constant.length > 0)
		notes.push(...constantNote(constant, runs), 'What does not vary has the importance 0.');
	if (evaluator === 'fanova' && runs > MAX_SAMPLES)
		notes.push(
			`Each of the ${TREES} trees of the forest is grown on ${countText(MAX_SAMPLES)} of the ${counted(runs, 'run')}, drawn at random with a fixed seed.`,
		);
	if (runs < FEW)
		notes.push(`${counted(runs, 'run')} are few for this: another run may change the order.`);
	if (prm && search.parameters.length === 1) notes.push('Only one hyperparameter is compared.');
	return notes;
}

function tableOf(bars: readonly Bar[]): FigureColumn[] {
	return [
		{ title: 'Hyperparameter', unit: 'none', values: bars.map(({ name }) => name) },
		{
			title: 'Importance (share)',
			unit: 'plain',
			values: Float64Array.from(bars, ({ share }) => share),
		},
		{
			title: 'Importance (raw)',
			unit: 'plain',
			values: Float64Array.from(bars, ({ raw }) => raw),
		},
		{ title: 'Searched', unit: 'none', values: bars.map(({ space }) => space) },
	];
}

function summaryOf(search: SearchRuns, bars: readonly Bar[], options: PlotOptions): string {
	const [first, second] = bars;
	if (!first) return NO_ROWS;
	const words = (bar: Bar) => `${displayName(bar.name)} (${bar.share.toFixed(3)})`;
	const then = second ? `, then ${words(second)}` : '';
	return `Importance for ${metricWords(search.pool)} over ${counted(search.best.length, 'run')} of ${search.pool.name} by ${evaluatorTitle(options)}: ${words(first)} matters most${then}.`;
}
