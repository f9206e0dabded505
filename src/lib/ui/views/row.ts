/** From a trial of the open snapshot to the identity that links carry, and its drawer. */
import { data } from '$lib/state/data.svelte';
import { link } from '$lib/state/link.svelte';
import { panelError } from '$lib/state/resource.svelte';
import { toasts } from '$lib/state/toast.svelte';
import { isAbort } from '$lib/db/client';
import type { RunDetail } from '$lib/stats/run-detail';
import type { RowIdentity } from '$lib/url/view';

/** @returns the part of a run's detail that names it in LEMUR */
export function identityOf(detail: RunDetail): RowIdentity {
	const { task, dataset, metric, nn, epoch, uid, repeat } = detail;
	return { task, dataset, metric, nn, epoch, uid, repeat };
}

/** Opens the drawer of a trial; a failure is said. */
export async function openTrial(trial: number): Promise<void> {
	try {
		const detail = await data.client.run(trial, { lane: 'open-row' });
		link.set({ row: identityOf(detail) });
	} catch (thrown) {
		if (!isAbort(thrown)) toasts.show(`The row could not be opened: ${panelError(thrown).message}`);
	}
}
