/** Opens whatever file holds studies: ours, Optuna's SQLite storage, Optuna's journal. Says which it is. */
import type { SqlJsStatic } from 'sql.js';
import { ExchangeError } from './optuna-distribution';
import { isJournal, readJournal } from './optuna-journal';
import { isSqlite, readOptunaDatabase } from './optuna-sqlite';
import { fromOptuna, type ImportedStudy } from './optuna-study';
import { isStudyFile, readStudyFile } from './study-file';

/** Larger files would not fit into a tab beside everything else. */
export const MAX_IMPORT_BYTES = 512 * 2 ** 20;

export interface ImportedFile {
	readonly kind: 'study file' | 'Optuna SQLite storage' | 'Optuna journal';
	readonly studies: readonly ImportedStudy[];
}

/**
 * @param sqlite loads sqlite; called only for a database
 * @param now ms since 1970
 * @throws ExchangeError in words
 */
export async function importStudies(
	bytes: Uint8Array,
	{ sqlite, now }: { readonly sqlite: () => Promise<SqlJsStatic>; readonly now: number },
): Promise<ImportedFile> {
	if (bytes.length === 0) throw new ExchangeError('The file is empty.');
	if (bytes.length > MAX_IMPORT_BYTES)
		throw new ExchangeError(
			`The file has ${Math.round(bytes.length / 1e6)} MB; this page opens up to ${Math.round(MAX_IMPORT_BYTES / 1e6)} MB.`,
		);
	if (isSqlite(bytes)) {
		const studies = readOptunaDatabase(await sqlite(), bytes);
		if (studies.length === 0) throw new ExchangeError('This storage holds no study.');
		return { kind: 'Optuna SQLite storage', studies: studies.map((one) => fromOptuna(one, now)) };
	}
	const text = textOf(bytes);
	if (isStudyFile(text.slice(0, 200)))
		return { kind: 'study file', studies: [readStudyFile(text)] };
	if (!isJournal(text.slice(0, 200)))
		throw new ExchangeError(
			'This is no file of studies. This page opens its own study files, Optuna’s SQLite storage (.db) and Optuna’s journal (.log).',
		);
	const studies = readJournal(text);
	if (studies.length === 0) throw new ExchangeError('This journal holds no study.');
	return { kind: 'Optuna journal', studies: studies.map((one) => fromOptuna(one, now)) };
}

function textOf(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new ExchangeError('This is no file of studies: it is neither a database nor text.');
	}
}
