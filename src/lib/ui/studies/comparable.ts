/** Which studies may be drawn over each other, and what is to be said when they search different things. */
import type { StudyHead } from '../../hpo/study/study-record';
import { objectiveShort } from './words';

type Compared = Pick<StudyHead, 'definition'>;

/** @returns those that look for the same end of the scale as the first one */
export function comparableWith<Head extends Compared>(heads: readonly Head[]): Head[] {
	const [first] = heads;
	const direction = first?.definition.directions[0];
	return heads.filter(({ definition }) => definition.directions[0] === direction);
}

/** @returns a sentence when values of these studies do not mean the same; undefined when they do */
export function differenceNote(heads: readonly Compared[]): string | undefined {
	const kinds = new Set(heads.map(({ definition }) => objectiveShort(definition)));
	if (kinds.size < 2) return undefined;
	return 'These studies do not search the same thing: their values stand side by side, and a better one is no better search.';
}
