/**
 * Oracle runner of the totals in uid.json and files.json: every record file of the wheel, read,
 * written again and hashed. One pass serves both files.
 */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, Wheel } from '../../../../scripts/oracles/types';
import { uidDict, uidOf } from './identity';
import { compareText } from '../../stats/text-order';
import { readRecordFile, writeRecordFile } from './record-file';
import { writePythonJson, type PyDict } from './python-json';

const format = v.looseObject({
	versions: v.looseObject({ lemur: v.string() }),
	wheel_totals: v.record(v.string(), v.unknown()),
});
const orderCounts = v.array(v.tuple([v.string(), v.number()]));

/** Counts by the names that the oracle files give them. */
type Totals = Record<string, number | string[]>;

const passes = new WeakMap<Wheel, Promise<Counts>>();

function totalsRunner(file: string): OracleFile {
	return {
		area: 'records',
		file,
		async *cases(json, context) {
			const { versions, wheel_totals } = v.parse(format, json);
			const wheel = await context.wheel(versions.lemur);
			for (const [name, expected] of Object.entries(wheel_totals)) {
				const title = `wheel total ${name}`;
				if (!wheel) {
					yield { name: title, skip: 'needs the nn-dataset wheel (WHEELS_DIR)' };
				} else if (name === 'the_rest_by') {
					yield {
						name: title,
						skip: 'the database builder searches key orders, this runner does not',
					};
				} else if (name === 'most_common_other_orders') {
					yield* orderCases(v.parse(orderCounts, expected), wheel);
				} else {
					yield {
						name: title,
						run: async () => expectEqual((await passOf(wheel)).totals()[name], expected),
					};
				}
			}
		},
	};
}

function* orderCases(
	counts: v.InferOutput<typeof orderCounts>,
	wheel: Wheel,
): Iterable<OracleCase> {
	for (const [order, expected] of counts) {
		yield {
			name: `trials hashed in the order ${order}`,
			async run() {
				const { others } = await passOf(wheel);
				const names = order.split(' ');
				const same = others.get([...names].sort(compareText).join(' ')) ?? [];
				expectEqual(
					same.filter((trial) => uidOf(trial, names) === trial.get('uid')).length,
					expected,
				);
			},
		};
	}
}

function passOf(wheel: Wheel): Promise<Counts> {
	const pass = passes.get(wheel) ?? readAll(wheel);
	passes.set(wheel, pass);
	return pass;
}

async function readAll(wheel: Wheel): Promise<Counts> {
	const counts = new Counts();
	const decoder = new TextDecoder();
	for (const path of wheel.names) {
		const name = /^ab\/nn\/stat\/train\/([^/]+\/[^/]+\.json)$/.exec(path)?.[1];
		if (name !== undefined) counts.file(name, decoder.decode(await wheel.read(path)));
	}
	return counts;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

class Counts {
	/** Trials whose uid is not alphabetical, by the sorted names of their hyperparameters. */
	readonly others = new Map<string, PyDict[]>();
	private files = 0;
	private trials = 0;
	private readonly of = {
		equal_after_reserialising: 0,
		not_sorted_by_accuracy: 0,
		empty_lists: 0,
		with_final_newline: 0,
		uid_reproduced_by_alphabetical_order: 0,
		random_uuid_uids: 0,
		trials_with_unsorted_keys: 0,
		trials_with_an_epoch_key: 0,
	};
	private readonly unequalFolders = new Set<string>();

	file(name: string, text: string): void {
		const trials = readRecordFile(text);
		this.files++;
		this.trials += trials.length;
		const written = writePythonJson(trials, { indent: 4 });
		if (written === text) this.of.equal_after_reserialising++;
		else this.unequalFolders.add(name.slice(0, name.indexOf('/')));
		if (writeRecordFile(trials) !== written) this.of.not_sorted_by_accuracy++;
		if (trials.length === 0) this.of.empty_lists++;
		if (text.endsWith('\n')) this.of.with_final_newline++;
		for (const trial of trials) this.trial(trial);
	}

	private trial(trial: PyDict): void {
		const uid = trial.get('uid');
		const keys = [...trial.keys()];
		if (uid === uidOf(trial)) this.of.uid_reproduced_by_alphabetical_order++;
		else this.other(trial);
		if (typeof uid === 'string' && UUID.test(uid)) this.of.random_uuid_uids++;
		if ([...keys].sort(compareText).join() !== keys.join()) this.of.trials_with_unsorted_keys++;
		if (trial.has('epoch')) this.of.trials_with_an_epoch_key++;
	}

	private other(trial: PyDict): void {
		const names = [...uidDict(trial).keys()].join(' ');
		const known = this.others.get(names);
		if (known) known.push(trial);
		else this.others.set(names, [trial]);
	}

	totals(): Totals {
		return {
			...this.of,
			files: this.files,
			trials: this.trials,
			not_equal: this.files - this.of.equal_after_reserialising,
			not_equal_all_in: [...this.unequalFolders].sort(),
		};
	}
}

export const oracles = [totalsRunner('uid.json'), totalsRunner('files.json')];
