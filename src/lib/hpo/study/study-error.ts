/** The one error of studies: a code to decide by, a sentence to show. */

/**
 * - NO_TRIAL: there is no trial of this number
 * - NOT_RUNNING: the trial is over already, so nothing can be told of it
 * - EXHAUSTED: the sampler has suggested everything there is
 * - DAMAGED: an event of the stored study does not follow from the ones before it
 * - ELSEWHERE: another tab has written to the study meanwhile
 * - GONE: the study is not on this device
 * - NEWER: the study was written by a newer version of this site
 */
export type StudyErrorCode =
	'NO_TRIAL' | 'NOT_RUNNING' | 'EXHAUSTED' | 'DAMAGED' | 'ELSEWHERE' | 'GONE' | 'NEWER';

export class StudyError extends Error {
	override readonly name = 'StudyError';

	constructor(
		readonly code: StudyErrorCode,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}
