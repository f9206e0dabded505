/** Who may take part in a race of samplers. A new one is one line here. */
import type { Entrant } from '../../hpo/replay/race';
import { prunerOf, samplerOf, samplerWith } from './options';

const tpe = samplerOf('tpe');
const none = prunerOf('none');

export const ENTRANTS: readonly Entrant[] = [
	{ label: 'TPE v4', sampler: tpe, pruner: none },
	{
		label: 'TPE v4, multivariate',
		sampler: samplerWith(tpe, 'preset', 'v4-multivariate'),
		pruner: none,
	},
	{ label: 'TPE v5', sampler: samplerWith(tpe, 'preset', 'v5'), pruner: none },
	{ label: 'Random', sampler: samplerOf('random'), pruner: none },
	{ label: 'Quasi-random', sampler: samplerOf('qmc'), pruner: none },
	{
		label: 'Random, halving',
		sampler: samplerOf('random'),
		pruner: prunerOf('successive-halving'),
	},
	{ label: 'TPE v4, halving', sampler: tpe, pruner: prunerOf('successive-halving') },
	{ label: 'TPE v4, median', sampler: tpe, pruner: prunerOf('median') },
];
/** What races when nothing is chosen. */
export const USUAL_ENTRANTS: readonly string[] = ['TPE v4', 'TPE v4, multivariate', 'Random'];
