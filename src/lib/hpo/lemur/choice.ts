/** Which of LEMUR's configurations a new study begins with, and at how many epochs. Pure. */
import type { TaskInfo } from '../../stats/columns';
import type { Filter } from '../../stats/filter';
import type { Configuration } from '../objective/replay';

/** What is searched when nothing is chosen: many stored runs of a net that everybody knows. */
export const EXAMPLE: Configuration = {
	task: 'img-classification',
	dataset: 'cifar-10',
	metric: 'acc',
	nn: 'AlexNet',
};

/** @returns the configuration that a filter points to; nn is '' where neither it nor the example says */
export function configurationOf(filter: Filter, boards: readonly TaskInfo[]): Configuration {
	const allows = (list: readonly string[] | undefined, name: string) =>
		list === undefined || list.includes(name);
	const fitting = boards.filter(
		({ task, dataset, metric }) =>
			allows(filter.task, task) && allows(filter.dataset, dataset) && allows(filter.metric, metric),
	);
	const { task, dataset, metric } = fitting.find(isExample) ?? fitting[0] ?? EXAMPLE;
	const usual = isExample({ task, dataset, metric }) ? EXAMPLE.nn : '';
	return { task, dataset, metric, nn: filter.nn?.[0] ?? usual };
}

function isExample({ task, dataset, metric }: TaskInfo): boolean {
	return task === EXAMPLE.task && dataset === EXAMPLE.dataset && metric === EXAMPLE.metric;
}

/** @returns the epoch at which most runs ended, as there is most to search among; 1 without runs */
export function usualEpochs(observations: readonly { readonly epoch: number }[]): number {
	const ends = new Map<number, number>();
	for (const { epoch } of observations) ends.set(epoch, (ends.get(epoch) ?? 0) + 1);
	const [most] = [...ends].sort(([a, ofA], [b, ofB]) => ofB - ofA || a - b);
	return most?.[0] ?? 1;
}
