/**
 * What the builder met that is odd: each finding says whether the record is a row all the same.
 * Printed as a table and written beside the snapshot. Not for errors: those stop the build.
 */

/** Each finding with what became of the record. */
export const FINDINGS = {
	'not utf-8': 'file that is not UTF-8: left out',
	'not json': 'file that is not JSON: left out',
	'not a list': 'file whose document is not a list: left out',
	'not an object': 'trial or device file that is not an object: left out',
	'bad folder name': 'folder whose name has not four parts: its trials are left out',
	'bad file name': 'file whose name is not an epoch: left out',
	'unknown place': 'file in no known place of the stat folder: left out',
	'no uid': 'trial without a uid text: left out',
	'no accuracy': 'trial without an accuracy: left out',
	'bad accuracy': 'trial whose accuracy is not a finite number: left out',
	'bad duration': 'trial whose duration is not a finite number: left out',
	'bad hyperparameter':
		'trial with a hyperparameter that is NaN or infinite, or an epoch that is no number: left out',
	'whole accuracy': 'accuracy written as a whole number: kept as float',
	'whole float duration': 'duration written as a whole float: kept as whole number',
	'null duration': 'duration written as null: kept as missing',
	'repeated key': 'trial with a JSON key twice: the last one counts',
	'repeated trial': 'trial that repeats a (configuration, epoch, uid): kept, numbered',
	'not sorted': 'file not sorted by descending accuracy: kept',
	'other hyperparameters': 'run whose trials differ in hyperparameters: kept as further runs',
	'no transform': 'trial without a transform: kept',
	'no source file': 'net, metric or transform without a source file: kept without its identity',
	'empty file': 'file with an empty list',
	'empty folder': 'folder without any trial',
} as const;

export type Finding = keyof typeof FINDINGS;

/** Examples kept per finding. */
const KEPT = 20;

/** Counts every finding and keeps the first places of each. */
export class Report {
	readonly #counts = new Map<Finding, number>();
	readonly #places = new Map<Finding, string[]>();

	/** @param place the file, and what is wrong in it */
	add(finding: Finding, place: string): void {
		this.#counts.set(finding, this.count(finding) + 1);
		const places = this.#places.get(finding) ?? [];
		if (places.length < KEPT) this.#places.set(finding, [...places, place]);
	}

	count(finding: Finding): number {
		return this.#counts.get(finding) ?? 0;
	}

	/** For the file beside the snapshot: findings in the order of `FINDINGS`. */
	toJSON() {
		return this.#found().map((finding) => ({
			finding: FINDINGS[finding],
			count: this.count(finding),
			first: this.#places.get(finding) ?? [],
		}));
	}

	/** One line per finding, with its first place. */
	lines(): string[] {
		return this.#found().map((finding) => {
			const [first = ''] = this.#places.get(finding) ?? [];
			return `${String(this.count(finding)).padStart(8)}  ${FINDINGS[finding]} (${first})`;
		});
	}

	#found(): Finding[] {
		return (Object.keys(FINDINGS) as Finding[]).filter((finding) => this.count(finding) > 0);
	}
}
