import { describe, expect, it } from 'vitest';
import { PRUNERS, type PrunerId } from '../../hpo/pruners/registry';
import { SAMPLERS, type SamplerId } from '../../hpo/samplers/registry';
import {
	optionOf,
	PRUNER_FIELDS,
	prunerOf,
	prunerWith,
	SAMPLER_FIELDS,
	samplerOf,
} from './options';

describe('fields of samplers and pruners', () => {
	it('are exactly the options that their schemas know', () => {
		for (const id of Object.keys(SAMPLERS) as SamplerId[]) {
			const keys = Object.keys(samplerOf(id)).filter((key) => key !== 'id' && key !== 'preset');
			expect(SAMPLER_FIELDS[id].map(({ key }) => key).sort()).toEqual(keys.sort());
		}
		for (const id of Object.keys(PRUNERS) as PrunerId[]) {
			const keys = Object.keys(prunerOf(id)).filter((key) => key !== 'id');
			expect(PRUNER_FIELDS[id].map(({ key }) => key).sort()).toEqual(keys.sort());
		}
	});

	it('change one option and leave the rest', () => {
		const median = prunerWith(prunerOf('median'), 'warmupSteps', 3);
		expect(optionOf(median, 'warmupSteps')).toBe(3);
		expect(optionOf(median, 'startupTrials')).toBe(5);
		const halving = prunerOf('successive-halving');
		expect(optionOf(halving, 'minResource')).toBeNaN();
		expect(optionOf(prunerWith(halving, 'minResource', 2), 'minResource')).toBe(2);
		expect(prunerWith(prunerWith(halving, 'minResource', 2), 'minResource', 'auto')).toEqual(
			halving,
		);
		expect(() => prunerWith(halving, 'reductionFactor', 1)).toThrow();
	});
});
