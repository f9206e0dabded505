/**
 * The page's side of the worker that loads datasets. What it was loading when it died is begun on the
 * device and can be gone on with.
 */
import { createWorkerClient, type WorkerClient } from '../worker/client';
import type { SpawnedWorker } from '../worker/spawn';
import {
	libraryEvent,
	libraryResults,
	type LibraryEvent,
	type LibraryRequests,
} from './library-protocol';

/** Errors have a code of `errors.ts`. */
export type LibraryClient = WorkerClient<LibraryRequests, LibraryEvent>;

/** @param start makes a worker; called again after one died */
export function createLibraryClient(start: () => SpawnedWorker): LibraryClient {
	const schemas = { results: libraryResults, event: libraryEvent };
	return createWorkerClient<LibraryRequests, LibraryEvent>(
		start,
		schemas,
		'The page of datasets was closed.',
	);
}
