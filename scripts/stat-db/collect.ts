/**
 * Everything that a wheel of nn-dataset says about its trials, read file by file.
 * Both layouts: `stat/<configuration>/<epoch>.json`, and `stat/train/…` beside `stat/run/…`.
 * What cannot be a row goes to the report; nothing vanishes.
 */
import { codeId } from '../../src/lib/db/records/identity';
import { compareText } from '../../src/lib/stats/text-order';
import { parsePythonJson } from '../../src/lib/db/records/python-json';
import type { PyDict, PyValue } from '../../src/lib/db/records/python-text';
import { parseEpoch } from '../../src/lib/db/records/record-file';
import { Report } from './report';
import { compareConfigs, RunCollector, type Config, type ConfigName } from './runs';
import { readTrial } from './trial';
import { ZipError, type Zip, type ZipEntry } from './zip';

/** A device file: `stat/run/<folder>/<file>`. */
export interface DeviceFile {
	readonly folder: string;
	readonly file: string;
	readonly data: PyDict;
}

export type CodeKind = 'nn' | 'metric' | 'transform';

export interface Collected {
	/** with trials only, ordered by name */
	readonly configs: readonly Config[];
	readonly devices: readonly DeviceFile[];
	/** md5 identity of each source file of the wheel */
	readonly codeIds: Readonly<Record<CodeKind, ReadonlyMap<string, string>>>;
	/** ISO date of the newest record file */
	readonly date: string;
	readonly report: Report;
}

const STAT = 'ab/nn/stat/';
/** Mirror columns hold epochs in 16 bits. */
const MAX_EPOCH = 0xffff;

/**
 * @param onFile told how many of the record files are read
 * @throws ZipError when there is no stat folder or an entry is damaged
 */
export function collect(
	zip: Zip,
	path: string,
	onFile: (done: number, total: number) => void = () => undefined,
): Collected {
	const entries = zip.entries
		.filter(({ name }) => name.startsWith(STAT) && !name.endsWith('/'))
		.sort((a, b) => compareText(a.name, b.name));
	if (entries.length === 0)
		throw new ZipError(`${path} has no folder ${STAT}: is it a wheel of nn-dataset with records?`);
	const collector = new Collector(zip);
	entries.forEach((entry, done) => {
		collector.read(entry);
		onFile(done + 1, entries.length);
	});
	return { ...collector.finish(), codeIds: readCodeIds(zip), date: newest(entries) };
}

const newest = (entries: readonly ZipEntry[]) =>
	entries.reduce((latest, { date }) => (date > latest ? date : latest), '');

class Collector {
	readonly #report = new Report();
	readonly #configs: Config[] = [];
	readonly #devices: DeviceFile[] = [];
	readonly #decoder = new TextDecoder('utf-8', { fatal: true });
	#folder = '';
	#current: RunCollector | null = null;

	constructor(private readonly zip: Zip) {}

	read(entry: ZipEntry): void {
		const parts = entry.name.slice(STAT.length).split('/');
		const [kind = ''] = parts;
		if (kind === 'run' || kind === 'train') parts.shift();
		const [folder, file, ...deeper] = parts;
		if (folder === undefined || file === undefined || deeper.length > 0) {
			this.#report.add('unknown place', entry.name);
		} else if (kind === 'run') {
			this.#readDevice(entry, folder, file);
		} else {
			this.#enter(folder, entry.name.slice(0, -file.length));
			this.#readTrials(entry, file);
		}
	}

	finish() {
		this.#leave();
		this.#configs.sort(compareConfigs);
		return { configs: this.#configs, devices: this.#devices, report: this.#report };
	}

	#enter(folder: string, path: string): void {
		if (path === this.#folder) return;
		this.#leave();
		this.#folder = path;
		const name = configName(folder);
		if (!name) this.#report.add('bad folder name', path);
		this.#current = name && new RunCollector(name, this.#report);
	}

	#leave(): void {
		const config = this.#current?.finish();
		if (config && config.trials > 0) this.#configs.push(config);
		else if (config) this.#report.add('empty folder', this.#folder);
		this.#current = null;
	}

	#readTrials(entry: ZipEntry, file: string): void {
		const epoch = epochOf(file);
		if (epoch === null) return this.#report.add('bad file name', entry.name);
		const list = this.#parse(entry);
		if (list === undefined || !this.#current) return;
		if (!Array.isArray(list)) return this.#report.add('not a list', entry.name);
		if (list.length === 0) return this.#report.add('empty file', entry.name);
		let last = Infinity;
		let sorted = true;
		list.forEach((raw, index) => {
			const place = `${entry.name} [${index}]`;
			const trial = readTrial(raw, epoch, (finding, detail) =>
				this.#report.add(finding, detail === undefined ? place : `${place} ${detail}`),
			);
			if (!trial) return;
			sorted &&= trial.accuracy <= last;
			last = trial.accuracy;
			this.#current?.add(trial, place);
		});
		if (!sorted) this.#report.add('not sorted', entry.name);
	}

	#readDevice(entry: ZipEntry, folder: string, file: string): void {
		const data = this.#parse(entry);
		if (data === undefined) return;
		if (data instanceof Map) this.#devices.push({ folder, file, data });
		else this.#report.add('not an object', entry.name);
	}

	/** undefined = not readable, reported */
	#parse(entry: ZipEntry): PyValue | undefined {
		const bytes = this.zip.read(entry);
		try {
			return parsePythonJson(this.#decoder.decode(bytes), {
				onRepeatedKey: (key) => this.#report.add('repeated key', `${entry.name} ${key}`),
			});
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			this.#report.add(
				error instanceof TypeError ? 'not utf-8' : 'not json',
				`${entry.name}: ${reason}`,
			);
			return undefined;
		}
	}
}

function configName(folder: string): ConfigName | null {
	const [task, dataset, metric, nn, ...rest] = folder.split('_');
	if (!task || !dataset || !metric || !nn || rest.length > 0) return null;
	return { task, dataset, metric, nn };
}

function epochOf(file: string): number | null {
	if (!file.endsWith('.json')) return null;
	try {
		const epoch = parseEpoch(file);
		return epoch >= 0 && epoch <= MAX_EPOCH ? epoch : null;
	} catch {
		return null;
	}
}

function readCodeIds(zip: Zip): Collected['codeIds'] {
	const ids = {
		nn: new Map<string, string>(),
		metric: new Map<string, string>(),
		transform: new Map<string, string>(),
	};
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	for (const entry of zip.entries) {
		const [, kind, name] = /^ab\/nn\/(nn|metric|transform)\/([^/]+)\.py$/.exec(entry.name) ?? [];
		if (name === undefined || (kind !== 'nn' && kind !== 'metric' && kind !== 'transform'))
			continue;
		ids[kind].set(name, codeId(decoder.decode(zip.read(entry))));
	}
	return ids;
}
