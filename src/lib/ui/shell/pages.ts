/** The pages in the header, in order. Not all routes: a net's page and the embedded plot are reached from others. */
import type { StatePage } from '$lib/state/routes';

/** A page of the header: its path and the one or two words it goes by. */
export interface HeaderPage {
	readonly path: StatePage;
	readonly title: string;
}

export const PAGES: readonly HeaderPage[] = [
	{ path: '/explore', title: 'Explore' },
	{ path: '/nets', title: 'Nets' },
	{ path: '/compare', title: 'Compare' },
	{ path: '/plots', title: 'Plots' },
	{ path: '/reports', title: 'Reports' },
	{ path: '/sql', title: 'SQL' },
	{ path: '/train', title: 'Train' },
	{ path: '/studies', title: 'Studies' },
	{ path: '/datasets', title: 'Datasets' },
	{ path: '/bench', title: 'Bench' },
	{ path: '/docs', title: 'Docs' },
	{ path: '/settings', title: 'Settings' },
];
