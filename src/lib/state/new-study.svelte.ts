/** A new study while it is put together: the choices, what LEMUR has stored of them, what is wrong. */
import { untrack } from 'svelte';
import { configurationOf, EXAMPLE, usualEpochs } from '$lib/hpo/lemur/choice';
import { DRAFT_DEFAULTS, definitionOf, rangeProblems, recordedTrials } from '$lib/hpo/lemur/draft';
import {
	startRanges,
	type DraftGround,
	type LinkedStudy,
	type StudyDraft,
} from '$lib/hpo/lemur/draft';
import { trainGround } from '$lib/hpo/lemur/train-ground';
import type { Observation } from '$lib/hpo/lemur/warm-start';
import type { Configuration } from '$lib/hpo/objective/replay';
import type { StudyDefinition } from '$lib/hpo/study/definition';
import type { ReplaySurvey } from '$lib/hpo/worker/protocol';
import type { Filter } from '$lib/stats/filter';
import { TRIAL_DEFAULTS } from '$lib/train/config';
import { FIRST_SETUP } from '$lib/train/setup';
import { data } from './data.svelte';
import { link } from './link.svelte';
import { Resource } from './resource.svelte';
import { studies } from './studies.svelte';
import type { Catalogue } from './train-choice.svelte';

const EXAMPLE_TRIALS = 60;

/** A net with records on the chosen board. */
export interface StudyNet {
	readonly name: string;
	readonly records: number;
}

interface Survey extends ReplaySurvey {
	/** what it is of */
	readonly key: string;
}

const keyOf = ({ task, dataset, metric, nn }: Configuration) =>
	JSON.stringify([task, dataset, metric, nn]);

export class NewStudy {
	draft = $state.raw<StudyDraft>({ ...DRAFT_DEFAULTS, ...EXAMPLE });
	/** observations from the statistics to begin with */
	warm = $state(false);
	readonly nets = new Resource<readonly StudyNet[]>();
	readonly catalogue = new Resource<Catalogue>();
	readonly #survey = new Resource<Survey>();
	/** ranges and epochs follow the runs until a person sets them */
	#rangesSet = false;
	#epochsSet = false;
	/** what the form began with */
	#first: Configuration = EXAMPLE;
	readonly #key = $derived(keyOf(this.draft));
	readonly #board = $derived(keyOf({ ...this.draft, nn: '' }));

	/** LEMUR's stored runs of the choice; undefined until they were asked for */
	readonly survey: ReplaySurvey | undefined = $derived(
		this.#survey.value?.key === this.#key ? this.#survey.value : undefined,
	);
	readonly surveyError = $derived(this.#survey.error);

	/** what a definition follows from; undefined while it is not known */
	readonly ground: DraftGround | undefined = $derived.by(() => {
		if (this.draft.objective === 'replay') return this.survey;
		const { dataset, nn } = this.draft;
		const known = this.catalogue.value;
		return known && trainGround(known, dataset, nn, this.survey?.epochs ?? []);
	});

	/** stored runs at the number of epochs */
	readonly recorded = $derived(this.survey ? recordedTrials(this.draft.epochs, this.survey) : 0);

	/** what a warm start would begin with: runs that ended at this number of epochs */
	readonly observations: readonly Observation[] = $derived(
		(this.survey?.observations ?? []).filter(({ epoch }) => epoch === this.draft.epochs),
	);

	readonly ranges = $derived(rangeProblems(this.draft.ranges));

	/** hyperparameters that are searched, in the ground's order */
	readonly searched = $derived(this.ground?.space.map(({ name }) => name) ?? []);

	readonly result: { readonly study: LinkedStudy } | { readonly problem: string } = $derived.by(
		() => {
			const { ground } = this;
			if (!ground) return { problem: '' };
			if (ground.space.length === 0)
				return { problem: 'There is no stored run to search among. Choose another net.' };
			const wrong = [...this.ranges].find(([name]) => this.searched.includes(name));
			if (wrong) return { problem: `${wrong[0]}: ${wrong[1]}` };
			try {
				const study = definitionOf(this.draft, ground);
				if (study.trials > 0) return { study };
				return {
					problem: `LEMUR has ${this.recorded} runs on record already, so no trial is left to run. Ask for more, or do not count them.`,
				};
			} catch (thrown) {
				return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
			}
		},
	);

	set(patch: Partial<StudyDraft>): void {
		if (patch.ranges) this.#rangesSet = true;
		if (patch.epochs !== undefined) this.#epochsSet = true;
		this.draft = { ...this.draft, ...patch };
	}

	/** Another objective has other nets and datasets. */
	setObjective(objective: StudyDraft['objective']): void {
		if (objective === 'replay') return this.set({ objective, ...this.#first });
		void this.catalogue.load(() => import('$lib/train/catalogue'));
		const { task, metric } = TRIAL_DEFAULTS;
		const { dataset, nn } = FIRST_SETUP;
		this.draft = { ...this.draft, objective, task, metric, dataset, nn, epochs: 1 };
	}

	#begin(filter: Filter): void {
		const configuration = configurationOf(filter, data.catalogue?.tasks ?? []);
		this.#first = configuration;
		this.draft = { ...this.draft, ...configuration };
	}

	/**
	 * Begins with what the visitor looks at, and asks for what LEMUR has of every choice. Called while a
	 * component is made.
	 */
	follow(): void {
		let begun = false;
		$effect(() => {
			if (data.status !== 'ready' || !link.started || begun) return;
			begun = true;
			untrack(() => this.#begin(link.view.filter));
		});
		$effect(() => {
			void this.#board;
			if (data.status === 'ready') untrack(() => void this.loadNets());
		});
		$effect(() => {
			// Any change asks again after a failure; what is known is not asked for twice.
			void this.draft;
			if (data.status === 'ready') untrack(() => void this.loadSurvey());
		});
	}

	/** Nets with records on the board, those with most first. */
	async loadNets(): Promise<void> {
		const { task, dataset, metric } = this.draft;
		await this.nets.load(async () => {
			const filter = { task: [task], dataset: [dataset], metric: [metric] };
			const { fields } = await data.client.facets(filter, ['nn'], { lane: 'study-nets' });
			const nets = fields.get('nn');
			return (nets?.values ?? []).flatMap((name, i) => {
				const records = nets?.counts[i] ?? 0;
				return records > 0 ? [{ name, records }] : [];
			});
		});
		const [first] = this.nets.value ?? [];
		if (untrack(() => this.draft.nn) === '' && first) this.set({ nn: first.name });
	}

	/** Looks what LEMUR has stored of the choice. */
	async loadSurvey(): Promise<void> {
		const key = this.#key;
		if (this.#survey.value?.key === key || this.draft.nn === '') return;
		const { draft } = this;
		await this.#survey.load(async () => {
			const rows = await studies.rows(draft);
			return { ...(await studies.client.call('survey', { rows })), key };
		});
		const { survey } = this;
		if (!survey || keyOf(this.draft) !== key) return;
		const ranges = this.#rangesSet ? this.draft.ranges : startRanges(survey);
		const has = survey.epochs.some(({ epoch }) => epoch === this.draft.epochs);
		const keeps = this.draft.objective === 'train' || (this.#epochsSet && has);
		const epochs = keeps ? this.draft.epochs : usualEpochs(survey.observations);
		this.draft = { ...this.draft, ranges, epochs };
	}

	/** Makes the study. @returns its id */
	create(): Promise<string> {
		const { result } = this;
		if (!('study' in result)) throw new Error(result.problem);
		const { definition, trials } = result.study;
		return studies.create(definition, trials, this.warm ? this.observations : []);
	}
}

/** Makes the example. @returns its id and what it is */
export async function createExample(): Promise<{
	readonly id: string;
	readonly definition: StudyDefinition;
}> {
	const study = new NewStudy();
	await study.loadSurvey();
	if (study.surveyError) throw new Error(study.surveyError.message);
	study.set({ trials: EXAMPLE_TRIALS });
	const { result } = study;
	if (!('study' in result)) throw new Error(result.problem);
	return { id: await study.create(), definition: result.study.definition };
}
