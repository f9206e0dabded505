import { describe, expect, it } from 'vitest';
import type { Loader } from '../datasets/loader';
import { RpcError } from '../worker/rpc-error';
import { openSturdy } from './sturdy-loader';
import { syntheticLoader } from './testing';

/** A loader that dies before its batch `at`, counted over all that it gives. */
function mortal(at: number, code = 'WORKER_DIED'): Loader {
	const loader = syntheticLoader();
	let given = 0;
	return {
		...loader,
		async *epoch(epoch, from) {
			for await (const batch of loader.epoch(epoch, from)) {
				if (given++ === at) throw new RpcError(code, 'It stopped.');
				yield batch;
			}
		},
	};
}

async function targetsOf(loader: Loader, from = 0): Promise<number[][]> {
	const all: number[][] = [];
	for await (const { indices } of loader.epoch(2, from)) all.push([...indices]);
	return all;
}

describe('openSturdy', () => {
	it('gives the same batches whenever its worker dies', async () => {
		const whole = await targetsOf(syntheticLoader());
		for (let at = 0; at < 6; at++) {
			const lives = [mortal(at), mortal(1), mortal(99)];
			const sturdy = await openSturdy(async () => lives.shift()!);
			expect(await targetsOf(sturdy)).toEqual(whole);
			expect(sturdy.batches).toBe(6);
		}
		const lives = [mortal(1), mortal(99)];
		expect(await targetsOf(await openSturdy(async () => lives.shift()!), 3)).toEqual(
			whole.slice(3),
		);
	});

	it('gives up after three deaths without a batch, and at once for anything else', async () => {
		let opened = 0;
		const dying = await openSturdy(async () => (opened++, mortal(0)));
		await expect(targetsOf(dying)).rejects.toMatchObject({ code: 'WORKER_DIED' });
		expect(opened).toBe(4);
		const damaged = await openSturdy(async () => mortal(0, 'DATASET_DAMAGED'));
		await expect(targetsOf(damaged)).rejects.toMatchObject({ code: 'DATASET_DAMAGED' });
	});
});
