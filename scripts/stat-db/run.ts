/** One wheel after another: collect, build, verify, publish. Effects are the folder and the lines told. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { buildDatabase, type UidCounts } from './build';
import { writeCard } from './card';
import { collect } from './collect';
import { publish, readManifest, type Built } from './publish';
import { summarise } from './summary';
import { verifyDatabase } from './verify';
import { openZip, ZipError } from './zip';

export type Tell = (line: string) => void;

/**
 * @param wheels paths of `nn_dataset-<version>-….whl`
 * @param preferred the version to open when none is asked for
 * @throws ZipError or RoundTripError; then nothing of that wheel was written
 */
export async function run(
	wheels: readonly string[],
	out: string,
	preferred: string | undefined,
	tell: Tell,
): Promise<void> {
	const sqlite = await initSqlJs();
	for (const wheel of wheels) {
		const built = await buildWheel(sqlite, wheel, tell);
		const manifest = publish(out, built, preferred);
		writeCard(out, manifest);
		tell(`${built.source.version}: written to ${out}`);
	}
	const manifest = readManifest(out);
	if (manifest && !manifest.snapshots.some(({ version }) => version === manifest.default))
		throw new Error(`The default ${manifest.default} is none of the snapshots in ${out}.`);
}

/** Everything that one wheel becomes, verified, without writing anything. */
export async function buildWheel(sqlite: SqlJsStatic, path: string, tell: Tell): Promise<Built> {
	const file = basename(path);
	const [, version] = /^nn_dataset-([0-9][\w.]*)-.*\.whl$/.exec(file) ?? [];
	const zip = openZip(path);
	try {
		if (version === undefined)
			throw new ZipError(`${path} is not called nn_dataset-<version>-….whl, so has no version.`);
		tell(`${version}: reading ${file}`);
		const collected = collect(zip, path, every(20_000, version, tell));
		const { configs, devices, report } = collected;
		const source = { version, file, sha256: await hashOf(path) };
		tell(`${version}: building`);
		const { bytes, uids } = buildDatabase(sqlite, collected, source);
		tell(`${version}: uids ${uidLine(uids)}`);
		verifyDatabase(sqlite, bytes, configs);
		tell(`${version}: every trial came back from the ${bytes.length} bytes`);
		for (const line of report.lines()) tell(line);
		const summary = summarise(version, configs, devices.length);
		return { source, database: bytes, summary, report, date: collected.date };
	} finally {
		zip.close();
	}
}

function every(step: number, version: string, tell: Tell) {
	return (done: number, total: number) => {
		if (done % step === 0 || done === total) tell(`${version}: ${done} of ${total} files`);
	};
}

const uidLine = ({ sorted, otherOrder, stored, orders }: UidCounts) =>
	`${sorted} alphabetical, ${otherOrder} in ${orders} other orders, ${stored} stored`;

async function hashOf(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const part of createReadStream(path)) hash.update(part);
	return hash.digest('hex');
}
