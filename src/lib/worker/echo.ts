/** What the test of `spawn` and its worker say to each other. Test support only. */
import * as v from 'valibot';

export type Echo = {
	echo: { params: { values: Float64Array }; result: Float64Array };
	location: { params: Record<never, never>; result: string };
	/** throws outside of any request */
	die: { params: Record<never, never>; result: null };
};

const nothing = v.strictObject({});
const numbers = v.custom<Float64Array>((value) => value instanceof Float64Array);
export const echoParams = {
	echo: v.strictObject({ values: numbers }),
	location: nothing,
	die: nothing,
};
export const echoResults = { echo: numbers, location: v.string(), die: v.null() };
