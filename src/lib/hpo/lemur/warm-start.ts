/**
 * Observations from LEMUR's statistics that a search may begin with. LEMUR itself always begins cold;
 * this is off unless asked for, and such trials stay marked as not run here.
 */
import { toInternal, type ParamValue } from '../distributions';
import type { Space } from '../space';
import type { EventOf } from '../study/events';

/** A stored trial: its hyperparameters (transform and batch among them) and its value. */
export interface Observation {
	readonly params: Readonly<Record<string, ParamValue>>;
	readonly value: number;
}

export interface WarmStart {
	readonly events: readonly EventOf<'add'>[];
	/** observations that lie outside of the space that is searched, or lack a value */
	readonly outside: number;
}

/** More would make suggestions slow and teach little. */
export const MOST_OBSERVATIONS = 2_000;

/**
 * @param observations in a fixed order; of more than {@link MOST_OBSERVATIONS} that fit, evenly many
 * @param first number of the first trial that is added
 */
export function warmStart(
	observations: readonly Observation[],
	space: Space,
	{ first, at }: { readonly first: number; readonly at: number },
): WarmStart {
	const fitting = observations.flatMap(({ params, value }) => {
		const inputs = space.map(({ name, distribution }) => {
			const own = Object.hasOwn(params, name) ? params[name] : undefined;
			return own === undefined ? null : toInternal(distribution, own);
		});
		const complete = inputs.filter((input) => input !== null);
		return complete.length === space.length && Number.isFinite(value)
			? [{ inputs: complete, value }]
			: [];
	});
	const step = Math.max(1, fitting.length / MOST_OBSERVATIONS);
	const count = Math.min(fitting.length, MOST_OBSERVATIONS);
	const events = Array.from({ length: count }, (_, i): EventOf<'add'> => {
		const { inputs, value } = fitting[Math.floor(i * step)]!;
		return {
			type: 'add',
			at,
			trial: first + i,
			space: 0,
			inputs,
			state: 'COMPLETE',
			values: [value],
			intermediate: [],
			start: null,
			end: null,
			origin: 'statistics',
			reason: null,
		};
	});
	return { events, outside: observations.length - fitting.length };
}
