/**
 * Reads Optuna's journal file (JournalStorage with a JournalFileBackend, as of version 4.5): one JSON
 * value a line, each an operation. Foreign text: every line is checked, and told by its number.
 */
import * as v from 'valibot';
import type { Direction, TrialState } from '../trial';
import { ExchangeError, readDistribution } from './optuna-distribution';
import { DIRECTIONS, OP, STATES } from './optuna-journal-codes';
import type { Attributes, OptunaParam, OptunaStudy } from './optuna-study';
import { timeOf } from './optuna-time';
import { parsePython } from './python-values';

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const attributes = v.record(
	v.string(),
	v.custom<Attributes[string]>(() => true),
);
/** NaN and infinities too. */
const real = v.union([v.number(), v.nan()]);
const values = v.nullish(v.array(real));
const time = v.nullish(v.string());

const operation = v.variant('op_code', [
	v.object({
		op_code: v.literal(OP.createStudy),
		study_name: v.string(),
		directions: v.array(v.number()),
	}),
	v.object({ op_code: v.literal(OP.deleteStudy), study_id: id }),
	v.object({ op_code: v.literal(OP.studyUserAttr), study_id: id, user_attr: attributes }),
	v.object({ op_code: v.literal(OP.studySystemAttr) }),
	v.object({
		op_code: v.literal(OP.createTrial),
		study_id: id,
		datetime_start: time,
		datetime_complete: time,
		state: v.optional(v.number(), 0),
		value: v.nullish(real),
		values,
		distributions: v.optional(v.record(v.string(), v.string()), {}),
		params: v.optional(v.record(v.string(), real), {}),
		user_attrs: v.optional(attributes, {}),
		system_attrs: v.optional(attributes, {}),
		intermediate_values: v.optional(v.record(v.string(), real), {}),
	}),
	v.object({
		op_code: v.literal(OP.param),
		trial_id: id,
		param_name: v.string(),
		param_value_internal: real,
		distribution: v.string(),
	}),
	v.object({
		op_code: v.literal(OP.stateValues),
		trial_id: id,
		state: v.number(),
		values,
		datetime_start: time,
		datetime_complete: time,
	}),
	v.object({
		op_code: v.literal(OP.intermediate),
		trial_id: id,
		step: v.number(),
		intermediate_value: real,
	}),
	v.object({ op_code: v.literal(OP.trialUserAttr), trial_id: id, user_attr: attributes }),
	v.object({ op_code: v.literal(OP.trialSystemAttr), trial_id: id, system_attr: attributes }),
]);

type Operation = v.InferOutput<typeof operation>;
type OperationOf<Code extends number> = Extract<Operation, { op_code: Code }>;

/** Trials as they grow. */
interface Growing {
	state: TrialState;
	values: readonly number[] | null;
	readonly params: OptunaParam[];
	readonly intermediate: Map<number, number>;
	userAttrs: Attributes;
	systemAttrs: Attributes;
	start: number | null;
	end: number | null;
}

interface GrowingStudy {
	readonly name: string;
	readonly directions: readonly Direction[];
	userAttrs: Attributes;
	readonly trials: Growing[];
	deleted: boolean;
}

/** @returns whether a text looks like a journal: its first line is an operation */
export function isJournal(start: string): boolean {
	return /^\s*\{\s*"op_code"\s*:/.test(start);
}

/**
 * @returns the studies of a journal that were not deleted
 * @throws ExchangeError that names the line
 */
export function readJournal(text: string): OptunaStudy[] {
	const reader = new JournalReader();
	let number = 0;
	let from = 0;
	while (from < text.length) {
		const end = text.indexOf('\n', from);
		const line = text.slice(from, end < 0 ? undefined : end);
		from = end < 0 ? text.length : end + 1;
		number++;
		if (line.trim() === '') continue;
		// A writer that was cut off leaves half a line at the end, which Optuna ignores too.
		const isLast = end < 0;
		reader.apply(line, number, isLast);
	}
	return reader.studies();
}

class JournalReader {
	readonly #studies: GrowingStudy[] = [];
	readonly #trials: Growing[] = [];
	readonly #distributions = new Map<string, OptunaParam['distribution']>();

	studies(): OptunaStudy[] {
		return this.#studies
			.filter(({ deleted }) => !deleted)
			.map(({ name, directions, userAttrs, trials }) => ({
				name,
				directions,
				userAttrs,
				trials: trials.map((trial) => ({ ...trial, intermediate: [...trial.intermediate] })),
			}));
	}

	apply(line: string, number: number, mayBeCut: boolean): void {
		let parsed;
		try {
			parsed = parsePython(line);
		} catch {
			if (mayBeCut) return;
			throw new ExchangeError(`Line ${number} of the journal is not JSON.`);
		}
		const result = v.safeParse(operation, parsed);
		if (!result.success)
			throw new ExchangeError(
				`Line ${number} of the journal is no operation of Optuna 4.5: ${v.summarize(result.issues).slice(0, 200)}`,
			);
		try {
			this.#operate(result.output);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			throw new ExchangeError(`Line ${number} of the journal: ${message}`);
		}
	}

	#operate(op: Operation): void {
		switch (op.op_code) {
			case OP.createStudy:
				// A name is made once: who asks again gets the study that is there.
				if (this.#studies.some(({ name, deleted }) => name === op.study_name && !deleted)) return;
				this.#studies.push({
					name: op.study_name,
					directions: op.directions.map((one) => DIRECTIONS[one] ?? 'minimize'),
					userAttrs: {},
					trials: [],
					deleted: false,
				});
				return;
			case OP.deleteStudy:
				this.#study(op.study_id).deleted = true;
				return;
			case OP.studyUserAttr: {
				const study = this.#study(op.study_id);
				study.userAttrs = { ...study.userAttrs, ...op.user_attr };
				return;
			}
			case OP.studySystemAttr:
				return;
			case OP.createTrial:
				return this.#create(op);
			default:
				return this.#change(this.#trial(op.trial_id), op);
		}
	}

	#create(op: OperationOf<4>): void {
		const params = Object.entries(op.params).map(([name, input]) => ({
			name,
			distribution: this.#distribution(name, op.distributions[name] ?? ''),
			input,
		}));
		const steps = Object.entries(op.intermediate_values);
		const trial: Growing = {
			state: stateOf(op.state),
			values: op.values ?? (op.value === null || op.value === undefined ? null : [op.value]),
			params,
			intermediate: new Map(steps.map(([step, value]) => [Number(step), value])),
			userAttrs: op.user_attrs,
			systemAttrs: op.system_attrs,
			start: timeOf(op.datetime_start),
			end: timeOf(op.datetime_complete),
		};
		this.#study(op.study_id).trials.push(trial);
		this.#trials.push(trial);
	}

	#change(trial: Growing, op: OperationOf<5 | 6 | 7 | 8 | 9>): void {
		switch (op.op_code) {
			case OP.param: {
				const distribution = this.#distribution(op.param_name, op.distribution);
				trial.params.push({ name: op.param_name, distribution, input: op.param_value_internal });
				return;
			}
			case OP.stateValues:
				trial.state = stateOf(op.state);
				trial.values = op.values ?? trial.values;
				trial.start = timeOf(op.datetime_start) ?? trial.start;
				trial.end = timeOf(op.datetime_complete) ?? trial.end;
				return;
			case OP.intermediate:
				trial.intermediate.set(op.step, op.intermediate_value);
				return;
			case OP.trialUserAttr:
				trial.userAttrs = { ...trial.userAttrs, ...op.user_attr };
				return;
			case OP.trialSystemAttr:
				trial.systemAttrs = { ...trial.systemAttrs, ...op.system_attr };
				return;
		}
		op satisfies never;
	}

	/** The same few texts come thousands of times. */
	#distribution(name: string, text: string): OptunaParam['distribution'] {
		const known = this.#distributions.get(text);
		if (known) return known;
		const read = readDistribution(name, text);
		this.#distributions.set(text, read);
		return read;
	}

	#study(place: number): GrowingStudy {
		const study = this.#studies[place];
		if (!study) throw new ExchangeError(`there is no study ${place} before it.`);
		return study;
	}

	#trial(place: number): Growing {
		const trial = this.#trials[place];
		if (!trial) throw new ExchangeError(`there is no trial ${place} before it.`);
		return trial;
	}
}

function stateOf(code: number): TrialState {
	const state = STATES[code];
	if (state) return state;
	throw new ExchangeError(`there is no trial state ${code}.`);
}
