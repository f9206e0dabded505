/** The bundle has no types; `plotly.ts` reads what it needs of it. */
declare module 'plotly.js-strict-dist-min' {
	const bundle: unknown;
	export default bundle;
}
