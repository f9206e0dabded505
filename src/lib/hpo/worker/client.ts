/**
 * The page's side of a study worker. What it was running when it died is stored up to the last event and
 * can be gone on with.
 */
import { createWorkerClient, type WorkerClient } from '../../worker/client';
import type { SpawnedWorker } from '../../worker/spawn';
import { studyEvent, studyResults, type StudyEventMessage, type StudyRequests } from './protocol';

/** Errors have a code of `serve.ts` or of the store. */
export type StudyClient = WorkerClient<StudyRequests, StudyEventMessage>;

/** @param start makes a worker; called again after one died */
export function createStudyClient(start: () => SpawnedWorker): StudyClient {
	const schemas = { results: studyResults, event: studyEvent };
	return createWorkerClient<StudyRequests, StudyEventMessage>(
		start,
		schemas,
		'The study worker was closed.',
	);
}
