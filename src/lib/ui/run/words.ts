/** Small wordings of the run's drawer. Pure. */
import { count } from '../format';

const rules = new Intl.PluralRules('en-US', { type: 'ordinal' });
const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** 3 → 3rd, 1022 → 1,022nd */
export function ordinal(value: number): string {
	return `${count(value)}${ENDINGS[rules.select(value)] ?? 'th'}`;
}
