/**
 * The 8×8 optical digits that scikit-learn ships: small enough to be part of the site, so that
 * everything can be tried in seconds. Not among LEMUR's datasets; the name says so in records.
 */
import type { DatasetSpec } from './dataset';

export const digits: DatasetSpec = {
	id: 'digits',
	title: 'Digits 8×8',
	about: 'Handwritten digits of 8 × 8 pixels with 17 levels of grey.',
	task: 'img-classification',
	metric: 'acc',
	classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
	channels: 1,
	size: [8, 8],
	counts: { train: 1437, test: 360 },
	mean: [0.3062],
	std: [0.3764],
	minimumAccuracy: 0.1,
	licence: {
		name: 'CC BY 4.0',
		terms:
			'E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI repository (1998), as scikit-learn ships it: name the source.',
		url: 'https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits',
	},
	sources: [{ kind: 'site', bytes: 45_049 }],
	decoders: [],
};
