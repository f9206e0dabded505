/**
 * What computes in this worker: the choice that was made last, and which adapter a measurement found
 * faster for which trial. The ladder itself is `nn/backend.ts`.
 */
import type { BackendChoice, BackendName } from '../nn/backend';
import { isAbort } from '../worker/rpc-error';
import type { TrialConfig } from './config';
import type { Computing } from './engine';
import type { BackendVerdict, Measurement } from './protocol';

type Measured = Omit<Measurement, 'backend'>;

/** ms: where a step on the processor takes longer, a software adapter is tried beside it */
const WORTH_TRYING = 500;

export class Backends {
	readonly #computing: () => Promise<Pick<Computing, 'chooseBackend' | 'verdictText'>>;
	#verdict: BackendVerdict | undefined;
	#asked: BackendChoice | undefined;
	/** a software adapter that was passed over for the verdict */
	#emulated: BackendName | undefined;
	/** by what the time of a step depends on */
	readonly #fastest = new Map<string, BackendName>();

	constructor(computing: () => Promise<Pick<Computing, 'chooseBackend' | 'verdictText'>>) {
		this.#computing = computing;
	}

	/** A GPU resizes within one level of 255 of Pillow; a processor has nothing to gain by it. */
	get resizes(): boolean {
		return (
			this.#verdict !== undefined && this.#verdict.backend !== 'cpu' && !this.#verdict.software
		);
	}

	/** @param anew something went wrong with the device that was chosen before */
	async choose(asked: BackendChoice, anew = false): Promise<BackendVerdict> {
		if (this.#verdict && this.#asked === asked && !anew) return this.#verdict;
		const { chooseBackend, verdictText } = await this.#computing();
		const verdict = await chooseBackend(asked);
		const { backend, adapter, software } = verdict;
		this.#asked = asked;
		this.#emulated = verdict.emulated;
		this.#verdict = { backend, adapter, software, text: verdictText(verdict) };
		return this.#verdict;
	}

	/** @returns what a trial begins with: what was asked for, or else what was measured to be fastest */
	choiceFor(config: TrialConfig, asked: BackendChoice): BackendChoice {
		return asked === 'auto' ? (this.#fastest.get(keyOf(config)) ?? asked) : asked;
	}

	/**
	 * Measures where the trial will run; under `auto` also on a software adapter that was passed over,
	 * when the processor is slow. The faster one is what the trial gets.
	 */
	async measure(
		config: TrialConfig,
		asked: BackendChoice,
		work: (backend: BackendName) => Promise<Measured>,
	): Promise<Measurement> {
		const backend = await this.choose(this.choiceFor(config, asked));
		const first = { backend, ...(await work(backend.backend)) };
		const other = this.#emulated;
		const known = this.#fastest.has(keyOf(config));
		if (asked !== 'auto' || !other || known || stepOf(first) < WORTH_TRYING) return first;
		const { winner, why } = await this.#compare(first, other, work);
		this.#fastest.set(keyOf(config), winner.backend.backend);
		const { text } = await this.choose(winner.backend.backend);
		return { ...winner, backend: { ...winner.backend, text: `${text} ${why}` } };
	}

	async #compare(
		first: Measurement,
		other: BackendName,
		work: (backend: BackendName) => Promise<Measured>,
	) {
		try {
			const backend = await this.choose(other);
			const second = { backend, ...(await work(backend.backend)) };
			const winner = stepOf(second) < stepOf(first) ? second : first;
			const why = `A step takes ${seconds(first)} on the processor, ${seconds(second)} on ${backend.adapter}.`;
			return { winner, why };
		} catch (error) {
			if (isAbort(error)) throw error;
			const cause = error instanceof Error ? error.message : String(error);
			return { winner: first, why: `The adapter cannot take it: ${cause}` };
		}
	}
}

const keyOf = ({ nn, dataset, transform, prm }: TrialConfig) =>
	JSON.stringify([nn, dataset, transform, Object.entries(prm).sort()]);

const stepOf = ({ step, firstStep }: Measured) => (Number.isNaN(step) ? firstStep : step);

const seconds = (measured: Measured) => `${Number((stepOf(measured) / 1000).toPrecision(2))} s`;
