/**
 * The words for failures: cause, what still works, the way on. A code without an entry shows the
 * error's own sentence.
 */
import type { PanelError } from '$lib/state/resource.svelte';

export interface Failure {
	readonly title: string;
	/** what still works, or what to do */
	readonly help: string;
	/** text of the button that tries again; absent where trying again cannot help */
	readonly retry?: string;
}

const FAILURES: Readonly<Record<string, Failure>> = {
	DB_MISSING: {
		title: 'A part of the data did not arrive',
		help: 'The leaderboards on the start page still work. The parts that did arrive are kept.',
		retry: 'Fetch the missing part',
	},
	DB_HASH: {
		title: 'A part of the data is damaged',
		help: 'It was dropped and nothing of it is shown. The leaderboards on the start page still work.',
		retry: 'Fetch it again',
	},
	DB_OFFLINE: {
		title: 'You are offline and the data is not on this device yet',
		help: 'After one visit with a network everything here works offline.',
		retry: 'Try again',
	},
	SUMMARY_MISSING: {
		title: 'The leaderboards did not arrive',
		help: 'All records can be explored as soon as the full data is here.',
		retry: 'Fetch them again',
	},
	SUMMARY_HASH: {
		title: 'The leaderboards arrived damaged',
		help: 'Nothing of them is shown. All records can be explored as soon as the full data is here.',
		retry: 'Fetch them again',
	},
	SUMMARY_OFFLINE: {
		title: 'You are offline and the leaderboards are not on this device yet',
		help: 'After one visit with a network everything here works offline.',
		retry: 'Try again',
	},
	DB_VERSION: {
		title: 'This site does not have that snapshot',
		help: 'Choose one of the snapshots that are here in Settings.',
	},
	DB_FORMAT: {
		title: 'The data is of a newer form than this page',
		help: 'Reload the page to get the version that fits.',
		retry: 'Try again',
	},
	DB_BROKEN: {
		title: 'The database cannot be read',
		help: 'The copy on this device was dropped.',
		retry: 'Fetch it again',
	},
	WORKER_DIED: {
		title: 'The browser ended the data process',
		help: 'This happens when memory is short. Close other tabs and try again.',
		retry: 'Start it again',
	},
	TRAIN_BUSY: {
		title: 'Something is training already',
		help: 'One trial at a time keeps the GPU free for it.',
	},
	TRAIN_KILLED: {
		title: 'The trial was ended at once',
		help: 'It is in the list of runs below, and can go on from there.',
	},
	TRAIN_NET: {
		title: 'This net cannot be trained here yet',
		help: 'Choose one of the list.',
	},
	TRAIN_WEIGHTS: {
		title: 'There are no weights',
		help: 'A run has weights once it has a checkpoint.',
	},
	GPU_LOST: {
		title: 'The GPU was lost again and again',
		help: 'The run is in the list below. Choose WebGL or the processor in Settings, then go on with it.',
	},
	DATASET_ABSENT: {
		title: 'This dataset is not on this device',
		help: 'Come back then: your choice stays in the address.',
	},
	STUDY_GONE: {
		title: 'This study is not on this device',
		help: 'It may have been deleted, or its address comes from another device: trials stay where they were run. All studies of this device are on the page Studies.',
	},
	STUDY_NEWER: {
		title: 'A newer version of this site wrote this study',
		help: 'Reload the page to get that version; nothing of the study was changed.',
	},
	STUDY_DAMAGED: {
		title: 'This study cannot be read',
		help: 'It is left as it is.',
	},
	STUDY_OBJECTIVE: {
		title: 'This study cannot be run here',
		help: 'What it has found can be looked at and exported.',
	},
	STUDY_ENDED: {
		title: 'The search ended early',
		help: 'All trials so far are kept, and it can go on.',
	},
	STUDY_RUNNING: {
		title: 'This study is running already',
		help: '',
	},
	STORE_QUOTA: {
		title: 'The browser has no room left for this site',
		help: 'Everything works for this visit; nothing new is kept.',
	},
	STORE_BLOCKED: {
		title: 'The browser forbids storage',
		help: 'Everything works for this visit; the data is fetched again next time.',
	},
	DATASET_FILE: {
		title: 'These files cannot be read',
		help: 'What was on this device before is still there.',
	},
	DATASET_NETWORK: {
		title: 'The dataset did not arrive',
		help: '',
		retry: 'Go on',
	},
	DATASET_OFFLINE: {
		title: 'You are offline',
		help: 'Datasets that are on this device work without a network.',
		retry: 'Try again',
	},
	DATASET_QUOTA: {
		title: 'There is no room for the dataset',
		help: '',
		retry: 'Go on',
	},
	DATASET_BUSY: {
		title: 'Somebody else is at it',
		help: '',
		retry: 'Try again',
	},
	DATASET_DAMAGED: {
		title: 'A dataset on this device is damaged',
		help: '',
	},
	FILTER: {
		title: 'The filter cannot be used',
		help: 'Change or remove the condition that is named.',
	},
	SQL_ERROR: {
		title: 'SQLite cannot run this statement',
		help: '',
	},
	SQL_REFUSED: {
		title: 'This statement does not run here',
		help: 'One statement that only reads does.',
	},
	SQL_LIMIT: {
		title: 'The statement took too long',
		help: 'Filter or group earlier, or ask for fewer rows.',
	},
	SQL_STOPPED: {
		title: 'You stopped the statement',
		help: 'The room is ready for the next one.',
	},
	SQL_MEMORY: {
		title: 'The statement needed too much memory',
		help: '',
	},
};

/** @returns the words for an error */
export function failureOf(error: PanelError): Failure {
	return FAILURES[error.code] ?? { title: 'Something went wrong', help: '', retry: 'Try again' };
}
