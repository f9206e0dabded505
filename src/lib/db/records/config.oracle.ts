/** Oracle runner of config.json: configuration names, patterns and odd record folders. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import { pythonErrorName } from '../../../../scripts/oracles/python-errors';
import {
	compareRows,
	jsonNumber,
	knownSources,
	recordTexts,
} from '../../../../scripts/oracles/record-rows';
import type { OracleCase, OracleFile, SkippedCase } from '../../../../scripts/oracles/types';
import { sqlType } from './affinity';
import {
	isFullConfig,
	missingPipelines,
	remainingTrials,
	selectConfigs,
	splitConfig,
	type ConfigEpoch,
	type HasSource,
} from './config-name';
import { importRecords, type ImportResult, type SourceNames } from './importer';
import { recordFilePath } from './record-file';

const configs = v.array(v.tuple([v.string(), v.string(), v.string(), v.string()]));
const pattern = v.union([v.string(), v.array(v.string())]);
const selection = v.looseObject({ pattern, configs });
const configEpoch = v.tuple([v.string(), v.string(), v.string(), v.string(), v.number()]);
const importCase = v.looseObject({
	name: v.string(),
	files: v.record(v.string(), v.string()),
	first_import: v.nullable(v.string()),
	stat: v.array(v.array(v.unknown())),
	prm: v.array(v.array(v.unknown())),
	nn: v.array(v.string()),
});
const format = v.looseObject({
	split: v.array(
		v.looseObject({ text: v.string(), parts: v.array(v.string()), is_full_config: v.boolean() }),
	),
	patterns: v.array(selection),
	missing_pipelines: v.array(selection),
	remaining_trials: v.array(
		v.looseObject({
			config_and_epoch: configEpoch,
			requested: v.number(),
			remaining_and_passed: v.tuple([v.number(), v.number()]),
		}),
	),
	folder_name: v.string(),
	importer: v.array(importCase),
});

const config: OracleFile = {
	area: 'records',
	file: 'config.json',
	async *cases(json, { sibling }) {
		const oracle = v.parse(format, json);
		const db = await sibling('db.json');
		const known = knownSources(db);
		const hasSource: HasSource = (nn) => known.nn.has(nn);
		const stored = importRecords(recordTexts(db), known).stat.map(
			({ task, dataset, metric, nn, epoch }): ConfigEpoch => [task, dataset, metric, nn, epoch],
		);
		for (const { text, parts, is_full_config } of oracle.split) {
			yield {
				name: `split '${text}'`,
				run() {
					expectEqual(splitConfig(text), parts, 'parts');
					expectEqual(isFullConfig(parts, hasSource), is_full_config, 'full');
				},
			};
		}
		for (const { pattern, configs } of oracle.patterns) {
			yield {
				name: `pattern ${JSON.stringify(pattern)}`,
				run: () => expectEqual(selectConfigs([pattern].flat(), stored, hasSource), configs),
			};
		}
		for (const { pattern, configs } of oracle.missing_pipelines) {
			yield {
				name: `missing ${JSON.stringify(pattern)}`,
				run() {
					const found = selectConfigs([pattern].flat(), stored, hasSource);
					expectEqual(missingPipelines(found), configs);
				},
			};
		}
		for (const { config_and_epoch: wanted, ...expected } of oracle.remaining_trials) {
			yield {
				name: `remaining ${wanted.join(' ')} ${expected.requested}`,
				run() {
					const passed = stored.filter((row) => row.every((part, i) => part === wanted[i])).length;
					const remaining = remainingTrials(expected.requested, passed);
					expectEqual([remaining, passed], expected.remaining_and_passed);
				},
			};
		}
		yield {
			name: 'folder name',
			run: () => expectEqual(folderOf(oracle.folder_name), oracle.folder_name),
		};
		yield* importCases(oracle.importer, known);
	},
};

function folderOf(folder: string): string {
	const [task = '', dataset = '', metric = '', nn = ''] = splitConfig(folder);
	return recordFilePath({ task, dataset, metric, nn, epoch: 1 }).split('/')[0] ?? '';
}

function* importCases(
	cases: readonly v.InferOutput<typeof importCase>[],
	known: SourceNames,
): Iterable<OracleCase | SkippedCase> {
	for (const { name, files, first_import, stat, prm, nn } of cases) {
		yield {
			name: `import ${name}`,
			run() {
				const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
				const result = importRecords(texts, known);
				expectEqual(result.error && pythonErrorName(result.error), first_import, 'error');
				expectEqual(statRows(result), stat, 'stat');
				expectEqual(prmRows(result), prm, 'prm');
				expectEqual([...result.sources.nn].sort(), nn, 'nets');
			},
		};
	}
	const skip = 'a second start of LEMUR finds its database file; the page has no such file';
	yield { name: 'second import', skip };
}

function statRows({ stat }: ImportResult): unknown[][] {
	const rows = stat.map((row) => [
		...[row.task, row.dataset, row.metric, row.nn, row.epoch],
		...[row.accuracy, row.duration, row.prm, row.transform].map(jsonNumber),
	]);
	return rows.sort(compareRows);
}

function prmRows({ prm }: ImportResult): unknown[][] {
	return prm
		.map(({ uid, name, value }) => [uid, name, jsonNumber(value), sqlType(value)])
		.sort(compareRows);
}

export const oracles = [config];
