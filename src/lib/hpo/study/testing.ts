/** Helpers of the tests around stored studies. Only for tests. */
import { createMemoryStore, type MemoryRecords } from '../../store/memory';
import type { Store } from '../../store/store';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import { defineStudy, type StudyDefinition, type StudyDefinitionInput } from './definition';
import { Studies, type StudyEffects } from './studies';
import { STUDY_COLLECTIONS } from './study-record';

export const testSpace = spaceOf({
	lr: float(1e-5, 1, { log: true }),
	batch: categorical([1, 2, 4]),
});

export function testDefinition(changes: Partial<StudyDefinitionInput> = {}): StudyDefinition {
	return defineStudy({
		name: 'test',
		directions: ['maximize'],
		space: testSpace,
		sampler: { id: 'tpe' },
		pruner: { id: 'none' },
		seed: 4,
		objective: { id: 'test', settings: {} },
		...changes,
	});
}

/** A store over records that a second one may share, as two tabs share a database. */
export function memoryStore(records: MemoryRecords = new Map()): Store {
	const collections = Object.values(STUDY_COLLECTIONS);
	return createMemoryStore({ name: 'test', collections, records });
}

export interface TestEffects extends StudyEffects {
	/** writers that are still there */
	readonly alive: Set<string>;
}

/** A clock that ticks once a call, and ids in order. */
export function testEffects(writer = 'tab-1'): TestEffects {
	let now = 0;
	let ids = 0;
	const alive = new Set([writer]);
	return {
		now: () => now++,
		newId: () => `abcdef${String(ids++).padStart(6, '0')}`,
		writer,
		isAlive: async (name) => alive.has(name),
		alive,
	};
}

/** Studies over a fresh store. */
export function memoryStudies(records: MemoryRecords = new Map(), writer = 'tab-1'): Studies {
	return new Studies(memoryStore(records), testEffects(writer));
}
