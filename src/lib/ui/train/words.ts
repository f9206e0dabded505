/** What is said of runs and trials: states, differences, places, times. No runes, no elements. */
import { quantile } from '../../stats/quantile';
import type { Place, TrainingReference } from '../../stats/training-reference';
import { durationText } from '../../stats/print/sentence';
import type { TrialConfig } from '../../train/config';
import { slowTrialEstimate } from '../../train/gate';
import type { LiveView } from '../../train/live';
import type { RunRow } from '../../train/run-row';
import { count } from '../format';

const NS_PER_MS = 1e6;

/** ms in words: 4.2 s, 12 min. */
export function timeText(ms: number): string {
	if (!Number.isFinite(ms)) return '–';
	return ms < 0.01 ? '0 s' : durationText(Number(ms.toPrecision(3)) * NS_PER_MS);
}

/** ms as an estimate: about 4 min. */
export function aboutTime(ms: number | undefined): string {
	if (ms === undefined || !Number.isFinite(ms)) return 'not known yet';
	const seconds = ms / 1000;
	if (seconds < 1.5) return 'about a second';
	if (seconds < 90) return `about ${Math.round(seconds)} s`;
	if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
	const hours = seconds / 3600;
	return hours < 48
		? `about ${Number(hours.toPrecision(2))} h`
		: `about ${Math.round(hours / 24)} days`;
}

/** 0.9234 → 92.34 % */
export function percentText(value: number | null | undefined): string {
	return value === null || value === undefined ? '–' : `${(value * 100).toFixed(2)} %`;
}

export type RunState = 'running' | 'elsewhere' | 'interrupted' | 'done' | 'stopped' | 'failed';

/** What is to be said of a stored run. */
export function stateOf(
	{ id, state, outcome }: RunRow,
	{
		current,
		elsewhere,
	}: { readonly current: string | undefined; readonly elsewhere: readonly string[] },
): RunState {
	if (id === current) return 'running';
	if (elsewhere.includes(id)) return 'elsewhere';
	if (state === 'running') return 'interrupted';
	if (outcome?.code === 'FINISHED') return 'done';
	return outcome?.code === 'STOPPED' ? 'stopped' : 'failed';
}

export const STATE_WORDS: Readonly<Record<RunState, string>> = {
	running: 'running',
	elsewhere: 'running in another tab',
	interrupted: 'interrupted',
	done: 'finished',
	stopped: 'stopped',
	failed: 'ended early',
};

const END_WORDS: Readonly<Record<string, string>> = {
	GATE: 'too low',
	EPOCH_LIMIT: 'too slow',
	NAN: 'not a number',
	OOM: 'out of memory',
};

/** A word or two for a run's chip. */
export function chipText(run: RunRow, state: RunState): string {
	return (state === 'failed' && END_WORDS[run.outcome?.code ?? '']) || STATE_WORDS[state];
}

/** "2 of 5 epochs" */
export function epochsText(done: number, planned: number): string {
	return `${count(done)} of ${count(planned)} ${planned === 1 ? 'epoch' : 'epochs'}`;
}

/** What a run can go on with: unfinished epochs, and nobody at it. */
export function canResume(run: RunRow, state: RunState): boolean {
	return (state === 'interrupted' || state === 'stopped') && run.epochs < run.config.epochs;
}

/** "ICNet on digits: norm, batch 16, lr 0.05, momentum 0.9" */
export function configText({ nn, dataset, transform, prm }: TrialConfig): string {
	const { batch, ...rest } = prm;
	const values = Object.entries(rest).map(
		([name, value]) => `${name} ${Number(value.toPrecision(4))}`,
	);
	return `${nn} on ${dataset}: ${[transform, `batch ${batch}`, ...values].join(', ')}`;
}

const BACKENDS = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'the processor' } as const;

/** "trained on WebGPU (Apple M3)" */
export function factsText({ backend, adapter }: RunRow['facts']): string {
	return `trained on ${BACKENDS[backend]}${adapter === '' ? '' : ` (${adapter})`}`;
}

/** Where the checkpoint stands: "epoch 3, step 40". */
export function pointText(run: RunRow): string {
	const pointer = run.slots[run.current];
	if (!pointer) return 'the beginning';
	return pointer.step === 0
		? `epoch ${pointer.epoch}`
		: `epoch ${pointer.epoch}, step ${pointer.step}`;
}

/** "better than 83 % of LEMUR’s 120 records at epoch 3; their median is 71.20 %, the best 93.10 %" */
export function placeText(place: Place | undefined, epoch: number): string {
	if (!place) return `LEMUR has no record of this net and dataset at epoch ${epoch}.`;
	const records = place.n === 1 ? 'one record' : `${count(place.n)} records`;
	return (
		`Better than ${Math.round(place.percentile * 100)} % of LEMUR’s ${records} at epoch ${epoch}; ` +
		`their median is ${percentText(place.median)}, the best ${percentText(place.best)}.`
	);
}

/** So few are told by their range. */
const FEW_RECORDS = 4;

/**
 * "half of LEMUR’s 32 records at epoch 5 have 28.38 % to 44.94 %"
 * @returns undefined where LEMUR has nothing up to the epoch
 */
export function expectedText(
	{ epochs, start, values }: TrainingReference,
	planned: number,
): string | undefined {
	// The last epoch that LEMUR has, up to the one that is planned.
	const at = epochs.findLastIndex((epoch) => epoch <= planned);
	if (at < 0) return undefined;
	const list = values.subarray(start[at], start[at + 1]);
	const when = `at epoch ${epochs[at]}`;
	if (list.length === 1) return `LEMUR’s only record ${when} has ${percentText(list[0])}`;
	const few = list.length < FEW_RECORDS;
	const range = (few ? [0, 1] : [0.25, 0.75]).map((q) => percentText(quantile(list, q)));
	const whose = `LEMUR’s ${count(list.length)} records ${when} have`;
	return `${few ? '' : 'half of '}${whose} ${range.join(' to ')}`;
}

const STATES: Readonly<Record<LiveView['state'], string>> = {
	preparing: 'Preparing',
	compiling: 'Compiling the first step',
	training: 'Training',
	evaluating: 'Evaluating',
	paused: 'Paused',
	saving: 'Saving',
	ended: 'Ended',
};

/** "Training: epoch 2 of 5, step 40 of 90" */
export function progressText({ state, epoch, step, steps, run }: LiveView): string {
	const epochs = run?.config.epochs;
	if (epochs === undefined || state === 'preparing') return `${STATES[state]}…`;
	if (state === 'ended') return STATES.ended;
	const at = steps === 0 ? '' : `, step ${count(step)} of ${count(steps)}`;
	return `${STATES[state]}: epoch ${count(epoch)} of ${count(epochs)}${at}`;
}

/** What computes, and apart from it why nothing better does; the latter is for who asks. */
export function verdictParts(text: string): { readonly runs: string; readonly why: string } {
	const cut = text.indexOf(' Passed over: ');
	return cut < 0 ? { runs: text, why: '' } : { runs: text.slice(0, cut), why: text.slice(cut + 1) };
}

/** Something else to try after a trial that ended early. */
export interface Remedy {
	readonly label: string;
	readonly config: TrialConfig;
}

/** A limit that an epoch would keep with some room. */
const ROOM = 1.5;

/** @returns what may help, the likeliest first; the page fills its form with it */
export function remediesOf({ config, outcome }: RunRow): Remedy[] {
	switch (outcome?.code) {
		case 'NAN':
			return slower(config);
		case 'GATE':
			return [
				...allSamples(config),
				...slower(config),
				{ label: 'Try without the gate', config: { ...config, gate: false } },
			];
		case 'EPOCH_LIMIT':
			return longer(config, outcome.value);
		default:
			return [];
	}
}

function allSamples({ trainLimit, ...config }: TrialConfig): Remedy[] {
	return trainLimit === undefined ? [] : [{ label: 'Train on all samples', config }];
}

function slower(config: TrialConfig): Remedy[] {
	const { lr } = config.prm;
	if (lr === undefined) return [];
	const lower = Number((lr / 10).toPrecision(4));
	const prm = { ...config.prm, lr: lower };
	return [{ label: `Try a learning rate of ${lower}`, config: { ...config, prm } }];
}

/** LEMUR's value of a slow trial says how long an epoch would have taken. */
function longer(config: TrialConfig, value: number | null): Remedy[] {
	const needed = value ? slowTrialEstimate(config.epochLimitMinutes, value) : NaN;
	if (!(needed > 0)) return [];
	const epochLimitMinutes = Math.ceil(ROOM * needed);
	const time = epochLimitMinutes === 1 ? 'a minute' : `${count(epochLimitMinutes)} minutes`;
	return [{ label: `Allow an epoch ${time}`, config: { ...config, epochLimitMinutes } }];
}

/** Bytes of memory in words with the unit that fits. */
export function memoryText(bytes: number): string {
	return bytes < 1e9
		? `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
		: `${(bytes / 1e9).toFixed(2)} GB`;
}
