/** The trial that the form of /train describes: the link's choices, completed by LEMUR's best runs. */
import { data } from './data.svelte';
import { link } from './link.svelte';
import { Resource } from './resource.svelte';
import type { TrainingReference } from '$lib/stats/training-reference';
import { TRIAL_DEFAULTS } from '$lib/train/config';
import { completeSetup, FIRST_SETUP, type CompletedSetup, type TrainSetup } from '$lib/train/setup';
import type * as catalogue from '$lib/train/catalogue';

export type Catalogue = typeof catalogue;

/** What LEMUR says of one choice of dataset and net. */
interface Answer {
	readonly key: string;
	readonly reference: TrainingReference;
}

export class TrainChoice {
	readonly catalogue = new Resource<Catalogue>();
	readonly #answer = new Resource<Answer>();

	readonly setup: TrainSetup = $derived(link.view.train ?? {});
	readonly dataset = $derived(this.setup.dataset ?? FIRST_SETUP.dataset);
	readonly nn = $derived(this.setup.nn ?? FIRST_SETUP.nn);
	readonly datasetSpec = $derived(this.catalogue.value?.findDataset(this.dataset));
	readonly netSpec = $derived(this.catalogue.value?.netOf(this.nn));
	readonly #key = $derived(JSON.stringify([this.dataset, this.nn, data.catalogue?.version]));

	/** LEMUR's records of this dataset and net; undefined until they were asked for */
	readonly reference: TrainingReference | undefined = $derived(
		this.#answer.value?.key === this.#key ? this.#answer.value.reference : undefined,
	);
	/** whether the records can still answer */
	readonly asking = $derived(
		data.status !== 'failed' && this.reference === undefined && this.#answer.error === undefined,
	);

	readonly transforms = $derived.by(() => {
		const { catalogue, datasetSpec, netSpec } = this;
		const all =
			catalogue.value && datasetSpec && netSpec
				? catalogue.value.fittingTransforms(datasetSpec, netSpec)
				: [];
		const used = this.reference?.transforms ?? [];
		const runs = (id: string) => used.find(({ name }) => name === id)?.runs ?? 0;
		return all.map((one) => ({ ...one, runs: runs(one.id) })).sort((a, b) => b.runs - a.runs);
	});

	readonly completed: CompletedSetup | undefined = $derived.by(() => {
		const { netSpec, datasetSpec } = this;
		if (!netSpec || !datasetSpec) return undefined;
		return completeSetup(this.setup, {
			names: netSpec.supportedHyperparameters(),
			preset: this.reference?.preset,
			transforms: this.transforms.map(({ id }) => id),
			samples: Math.min(datasetSpec.counts.train, this.setup.trainLimit ?? Infinity),
		});
	});

	/** what cannot be trained, in words */
	readonly problem: string | undefined = $derived.by(() => {
		const { dataset, nn, setup } = this;
		return this.catalogue.value?.choiceProblem({ dataset, nn, transform: setup.transform });
	});

	/** Loads nets and transforms. */
	load(): Promise<void> {
		return this.catalogue.load(() => import('$lib/train/catalogue'));
	}

	/** Asks LEMUR's records about the choice. */
	ask(): void {
		const [key, dataset, nn] = [this.#key, this.dataset, this.nn];
		if (this.#answer.value?.key === key) return;
		const { task, metric } = TRIAL_DEFAULTS;
		void this.#answer.load(async () => ({
			key,
			reference: await data.client.reference({ task, metric, dataset, nn }, { lane: 'reference' }),
		}));
	}

	/** Changes part of the choice; `undefined` leaves it to the page again. */
	set(patch: { readonly [Key in keyof TrainSetup]: TrainSetup[Key] | undefined }): void {
		const entries = Object.entries({ ...this.setup, ...patch });
		const next = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
		link.set({ train: Object.keys(next).length === 0 ? undefined : next }, 'typing');
	}

	/** Another dataset or net has other transforms and other good values. */
	choose(patch: { readonly dataset?: string; readonly nn?: string }): void {
		this.set({ ...patch, transform: undefined, prm: undefined });
	}

	setPrm(name: string, value: number | undefined): void {
		const others = Object.entries(this.setup.prm ?? {}).filter(([one]) => one !== name);
		const prm = Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
		this.set({ prm: Object.keys(prm).length === 0 ? undefined : prm });
	}
}
