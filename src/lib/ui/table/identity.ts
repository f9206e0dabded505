/** The identity of a row inside a window that has all of `IDENTITY_COLUMNS`. Pure. */
import type { ColumnId } from '../../stats/fields';
import type { RowWindow } from '../../stats/window';
import type { RowIdentity } from '../../url/view';

/** @returns who the row is; undefined where the window is empty or lacks a column of the identity */
export function identityAt(window: RowWindow, index: number): RowIdentity | undefined {
	if (index < 0 || index >= window.trials.length) return undefined;
	const [task, dataset, metric, nn, uid] = (
		['task', 'dataset', 'metric', 'nn', 'uid'] as const
	).map((id) => textAt(window, id, index));
	const epoch = numberAt(window, 'epoch', index);
	const repeat = numberAt(window, 'repeat', index);
	if (task === undefined || dataset === undefined || metric === undefined) return undefined;
	if (nn === undefined || uid === undefined || epoch === undefined) return undefined;
	return { task, dataset, metric, nn, epoch, uid, repeat: repeat ?? 0 };
}

function textAt(window: RowWindow, id: ColumnId, index: number): string | undefined {
	const column = window.columns.get(id);
	return column?.kind === 'text' ? column.values[index] : undefined;
}

function numberAt(window: RowWindow, id: ColumnId, index: number): number | undefined {
	const column = window.columns.get(id);
	return column?.kind === 'number' ? column.values[index] : undefined;
}
