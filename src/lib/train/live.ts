/**
 * What a page shows of a trial while it runs, folded from its events: where it stands, how fast it is,
 * how long it will take, its losses in few enough points to draw, and a log. Plain values, no page.
 */
import type { FinishedEpoch, TrialState } from './events';
import type { BackendVerdict, TrainEvent } from './protocol';
import type { EpochRow, RunHistory, RunRow } from './run-row';

/** Losses of a stretch of steps. */
export interface LossPoint {
	/** epochs, from 0: 1.5 is the middle of the second */
	readonly x: number;
	readonly mean: number;
	readonly low: number;
	readonly high: number;
}

export interface LogLine {
	/** number of the line: lines of a long log are dropped from its beginning */
	readonly id: number;
	/** ms of the trial, or undefined where it had not begun */
	readonly at: number | undefined;
	readonly text: string;
	readonly bad: boolean;
}

export interface LiveView {
	readonly run: RunRow | undefined;
	readonly backend: BackendVerdict | undefined;
	readonly state: TrialState;
	/** the epoch that is being trained, from 1 */
	readonly epoch: number;
	/** steps of it that are done; what was read back */
	readonly step: number;
	/** steps of an epoch; 0 until the data is open */
	readonly steps: number;
	/** the last loss */
	readonly loss: number | undefined;
	readonly losses: readonly LossPoint[];
	readonly rows: readonly EpochRow[];
	/** steps per second, without the first step and without evaluation; undefined before two groups */
	readonly rate: number | undefined;
	/** ms until the end, as far as it can be told */
	readonly left: number | undefined;
	/** of the whole trial, 0..1; never goes back */
	readonly share: number;
	/** ms so far, pauses left out */
	readonly elapsed: number;
	readonly log: readonly LogLine[];
	/** where the newest checkpoint in the middle of an epoch stands; undefined: at an epoch’s end */
	readonly saved: { readonly epoch: number; readonly step: number } | undefined;
}

/** Points of the loss curve at most; above it two become one. */
const MAX_POINTS = 400;
const MAX_LOG = 500;
/** codes of notes that tell of nothing bad */
const REMARKS = ['GAP', 'BATCH'];
/** groups of steps that the rate is taken from */
const WINDOW = 40;

/** One trial over all its workers. */
export class LiveTrial {
	#run: RunRow | undefined;
	#backend: BackendVerdict | undefined;
	#state: TrialState = 'preparing';
	#epoch = 1;
	#step = 0;
	#steps = 0;
	#loss: number | undefined;
	readonly #curve = new LossCurve();
	#rows: EpochRow[] = [];
	#window: { readonly at: number; readonly done: number }[] = [];
	#rate: number | undefined;
	/** ms of the last evaluation */
	#evaluation = 0;
	#share = 0;
	#elapsed = 0;
	#log: LogLine[] = [];
	#saved: LiveView['saved'];
	#lines = 0;

	/** @param history what is stored of the run that goes on */
	constructor(history?: RunHistory) {
		if (!history) return;
		this.#run = history.run;
		this.#rows = [...history.epochs];
		for (const { epoch, curve } of history.epochs)
			for (const [i, loss] of curve.entries())
				if (loss !== null) this.#curve.add(epoch - 1 + (i + 0.5) / curve.length, loss);
		this.#elapsed = history.epochs.at(-1)?.duration ?? 0;
	}

	get view(): LiveView {
		return {
			...{ run: this.#run, backend: this.#backend, state: this.#state, epoch: this.#epoch },
			...{ step: this.#step, steps: this.#steps, loss: this.#loss, losses: this.#curve.points },
			...{ rows: this.#rows, rate: this.#rate, left: this.#left(), share: this.#share },
			...{ elapsed: this.#elapsed, log: this.#log, saved: this.#saved },
		};
	}

	hear(event: TrainEvent): void {
		switch (event.kind) {
			case 'run':
				return this.#begin(event.run, event.backend);
			case 'state':
				return this.#change(event.state, event.epoch, event.step, event.steps);
			case 'steps':
				return this.#advance(event.epoch, event.step, event.losses, event.at);
			case 'checkpoint':
				this.#saved = { epoch: event.epoch, step: event.step };
				return;
			case 'row':
				return this.#finish(event.row);
			case 'epoch':
				return this.#tell(event.epoch, event.stored);
			case 'note':
				return this.note(event.text, !REMARKS.includes(event.code));
			default:
				event satisfies never;
		}
	}

	/** Adds to the log. */
	note(text: string, bad = false): void {
		const at = this.#run ? this.#elapsed : undefined;
		this.#log = [...this.#log, { id: this.#lines++, at, text, bad }].slice(-MAX_LOG);
	}

	#begin(run: RunRow, backend: BackendVerdict): void {
		if (this.#run && this.#run.id !== run.id) {
			// A smaller batch is a run of its own.
			this.#rows = [];
			this.#curve.clear();
			this.#share = 0;
			this.note(`Tried again with batch ${run.config.prm['batch']}.`, true);
		}
		this.#run = run;
		this.#backend = backend;
		this.note(backend.text);
	}

	#change(state: TrialState, epoch: number, step: number, steps: number): void {
		if (state === 'paused' && this.#state !== 'paused') this.note(`Paused in epoch ${epoch}.`);
		if (state === 'compiling') this.note('Compiling: the first step takes longer.');
		if (state === 'training' && this.#state === 'compiling')
			this.note('The first step is through.');
		// Time between two stretches of training is no part of the rate.
		if (state !== 'training') this.#window = [];
		this.#state = state;
		if (state === 'ended') return;
		this.#epoch = epoch;
		this.#step = state === 'preparing' ? this.#step : step;
		if (steps > 0) this.#steps = steps;
		this.#advanceShare();
	}

	#advance(epoch: number, step: number, losses: readonly number[], at: number): void {
		this.#epoch = epoch;
		this.#step = step;
		this.#elapsed = at;
		this.#loss = losses.at(-1);
		const first = step - losses.length;
		for (const [i, loss] of losses.entries())
			if (this.#steps > 0) this.#curve.add(epoch - 1 + (first + i + 1) / this.#steps, loss);
		this.#window = [...this.#window, { at, done: (epoch - 1) * this.#steps + step }].slice(-WINDOW);
		const [from, to] = [this.#window[0]!, this.#window.at(-1)!];
		if (to.at > from.at && this.#window.length > 2)
			this.#rate = (1000 * (to.done - from.done)) / (to.at - from.at);
		this.#advanceShare();
	}

	#finish(row: EpochRow): void {
		this.#saved = undefined;
		// The last losses came at the end of training: the rest was evaluation.
		this.#evaluation = Math.max(0, row.duration - this.#elapsed);
		this.#elapsed = row.duration;
		this.#rows = [...this.#rows.filter(({ epoch }) => epoch !== row.epoch), row];
		this.#advanceShare();
	}

	/** Saved is what outlives the tab; nothing else is called so. */
	#tell({ epoch, accuracy }: FinishedEpoch, stored: boolean): void {
		const percent = `${(accuracy * 100).toFixed(2)} %`;
		if (stored) this.note(`Epoch ${epoch} saved: accuracy ${percent}.`);
		else this.note(`Epoch ${epoch} is kept in memory only: accuracy ${percent}.`, true);
	}

	#advanceShare(): void {
		const epochs = this.#run?.config.epochs ?? 0;
		if (epochs === 0 || this.#steps === 0) return;
		const done = this.#epoch - 1 + Math.min(1, this.#step / this.#steps);
		const finished = this.#rows.at(-1)?.epoch ?? 0;
		this.#share = Math.max(this.#share, Math.min(1, Math.max(finished, done) / epochs));
	}

	#left(): number | undefined {
		const epochs = this.#run?.config.epochs;
		if (epochs === undefined || !this.#rate || this.#state === 'ended') return undefined;
		const finished = this.#rows.at(-1)?.epoch ?? 0;
		const stepsLeft = Math.max(0, (epochs - this.#epoch + 1) * this.#steps - this.#step);
		return (1000 * stepsLeft) / this.#rate + (epochs - finished) * this.#evaluation;
	}
}

/** Losses in equal stretches; when there are too many, stretches become twice as long. */
class LossCurve {
	#points: LossPoint[] = [];
	/** losses of a full stretch */
	#size = 1;
	#open: number[] = [];
	#from = 0;

	get points(): readonly LossPoint[] {
		return this.#open.length === 0
			? this.#points
			: [...this.#points, pointOf(this.#from, this.#open)];
	}

	add(x: number, loss: number): void {
		if (!Number.isFinite(loss)) return;
		this.#from = x;
		this.#open.push(loss);
		if (this.#open.length < this.#size) return;
		this.#points = [...this.#points, pointOf(x, this.#open)];
		this.#open = [];
		if (this.#points.length >= MAX_POINTS) this.#halve();
	}

	clear(): void {
		this.#points = [];
		this.#open = [];
		this.#size = 1;
	}

	#halve(): void {
		const halved: LossPoint[] = [];
		for (let i = 0; i + 1 < this.#points.length; i += 2) {
			const [a, b] = [this.#points[i]!, this.#points[i + 1]!];
			const low = Math.min(a.low, b.low);
			halved.push({ x: b.x, mean: (a.mean + b.mean) / 2, low, high: Math.max(a.high, b.high) });
		}
		this.#points = halved;
		this.#size *= 2;
	}
}

function pointOf(x: number, losses: readonly number[]): LossPoint {
	const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
	return { x, mean, low: Math.min(...losses), high: Math.max(...losses) };
}
