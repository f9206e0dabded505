/**
 * The tables inside a snapshot, and LEMUR's own tables as views over them. Shared by the builder,
 * which writes the file, and the worker, which puts views that compute identities before them.
 *
 * Coding: `trial.accuracy` INTEGER is a numerator over `dim_task.denominator`, REAL is the value.
 * `trial_run.uid` INTEGER is an id of `key_order`: the uid is the MD5 of the run's hyperparameters
 * printed in that order (id 0, no names: alphabetical; the name `epoch` means the run's first value
 * in `epoch_prm`). BLOB of 16 bytes is that MD5; BLOB of 17 bytes is 4 and the bytes of a UUID;
 * TEXT is the uid. `repeat` NULL is 0, `code_id` NULL is what follows the last `-` of the name.
 */

/** Value of `format` in the table meta. */
export const FORMAT = 1;

/** First byte of a stored UUID; 16 more follow. */
export const UUID_MARK = 4;

/** Every table, in the order in which it is filled. */
export const TABLES = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE dim_task(id INTEGER PRIMARY KEY, task TEXT NOT NULL, dataset TEXT NOT NULL,
	metric TEXT NOT NULL, denominator INTEGER);
CREATE TABLE dim_nn(id INTEGER PRIMARY KEY, name TEXT NOT NULL, code_id TEXT);
CREATE TABLE dim_transform(id INTEGER PRIMARY KEY, name TEXT NOT NULL, code_id TEXT);
CREATE TABLE dim_metric(id INTEGER PRIMARY KEY, name TEXT NOT NULL, code_id TEXT);
CREATE TABLE config(id INTEGER PRIMARY KEY, task INTEGER NOT NULL, nn INTEGER NOT NULL);
CREATE TABLE extra(id INTEGER PRIMARY KEY, prm TEXT NOT NULL);
CREATE TABLE key_order(id INTEGER PRIMARY KEY, names TEXT NOT NULL);
CREATE TABLE trial_run(id INTEGER PRIMARY KEY, config INTEGER NOT NULL, uid, repeat INTEGER,
	transform INTEGER, batch INTEGER, lr REAL, momentum REAL, dropout REAL, extra INTEGER);
CREATE TABLE epoch_prm(run INTEGER NOT NULL, epoch INTEGER NOT NULL, value NOT NULL,
	PRIMARY KEY(run, epoch)) WITHOUT ROWID;
CREATE TABLE trial(run INTEGER NOT NULL, epoch INTEGER NOT NULL, accuracy NOT NULL,
	duration INTEGER, PRIMARY KEY(run, epoch)) WITHOUT ROWID;
CREATE TABLE device_info(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE device_run(id INTEGER PRIMARY KEY, identity BLOB NOT NULL, nn INTEGER,
	model_name TEXT, folder INTEGER NOT NULL, file INTEGER NOT NULL, device_type INTEGER,
	os_version INTEGER, valid INTEGER, emulator INTEGER, error_message INTEGER, duration,
	analytics_head TEXT, analytics_info INTEGER, analytics_tail TEXT);
`;

/** Made after the tables are filled. */
export const INDEXES = 'CREATE INDEX run_config ON trial_run(config);';

/** Names of the views, which are the names of LEMUR's tables. */
export const VIEW_NAMES = ['stat', 'prm', 'nn', 'metric', 'transform', 'run'] as const;

const STORED_UID = `CASE length(r.uid) WHEN 16 THEN lower(hex(r.uid)) ELSE
	lower(substr(hex(r.uid), 3, 8) || '-' || substr(hex(r.uid), 11, 4) || '-' ||
	substr(hex(r.uid), 15, 4) || '-' || substr(hex(r.uid), 19, 4) || '-' ||
	substr(hex(r.uid), 23)) END`;

/** Text of a run's uid where only SQL is at hand: one that has to be computed is `run-<id>`. */
const FILE_UID = `CASE typeof(r.uid) WHEN 'integer' THEN 'run-' || r.id WHEN 'blob' THEN ${STORED_UID}
	ELSE r.uid END`;

const ACCURACY = `CASE typeof(e.accuracy) WHEN 'integer'
	THEN CAST(e.accuracy AS REAL) / t.denominator ELSE e.accuracy END`;

/**
 * What LEMUR's column of numeric affinity makes of a value: whole floats and texts that are
 * numbers become numbers. (A comparison with a numeric operand applies the same affinity.)
 */
const numeric = (value: string) => `CASE
	WHEN typeof(${value}) = 'real' AND CAST(${value} AS INTEGER) = ${value} THEN CAST(${value} AS INTEGER)
	WHEN CAST(${value} AS NUMERIC) = ${value} THEN CAST(${value} AS NUMERIC) ELSE ${value} END`;

const column = (uid: string, name: string) =>
	`SELECT ${uid}, '${name}', ${numeric(`r.${name}`)} FROM trial_run r WHERE r.${name} IS NOT NULL`;

const codeView = (name: string) => `CREATE VIEW ${name}(name, code, id) AS
	SELECT name, NULL, coalesce(nullif(code_id, ''), iif(code_id IS NULL, substr(name, -32), NULL))
	FROM dim_${name};`;

function statView(id: string, uid: string): string {
	return `CREATE VIEW stat(id, accuracy, epoch, duration, task, dataset, nn, transform, metric, prm) AS
	SELECT ${id}, ${ACCURACY}, e.epoch, e.duration, t.task, t.dataset, n.name, f.name, t.metric, ${uid}
	FROM trial e JOIN trial_run r ON r.id = e.run JOIN config c ON c.id = r.config
	JOIN dim_task t ON t.id = c.task JOIN dim_nn n ON n.id = c.nn
	LEFT JOIN dim_transform f ON f.id = r.transform;`;
}

function prmView(uid: string): string {
	return `CREATE VIEW prm(uid, name, value) AS
	${['batch', 'lr', 'momentum', 'dropout'].map((name) => column(uid, name)).join('\n\tUNION ')}
	UNION SELECT ${uid}, 'transform', ${numeric('f.name')}
		FROM trial_run r JOIN dim_transform f ON f.id = r.transform
	UNION SELECT ${uid}, j.key, ${numeric('j.value')}
		FROM trial_run r JOIN extra x ON x.id = r.extra JOIN json_each(x.prm) j
		WHERE j.value IS NOT NULL
	UNION SELECT ${uid}, 'epoch', ${numeric('p.value')}
		FROM epoch_prm p JOIN trial_run r ON r.id = p.run;`;
}

const RUN_VIEW = `CREATE VIEW run(id, model_name, device_type, os_version, valid, emulator,
	error_message, duration, device_analytics_json) AS
	SELECT lower(hex(d.identity)), coalesce(d.model_name, n.name), y.text, o.text, d.valid,
	d.emulator, m.text, d.duration,
	d.analytics_head || coalesce(a.text, '') || coalesce(d.analytics_tail, '')
	FROM device_run d LEFT JOIN dim_nn n ON n.id = d.nn
	LEFT JOIN device_info y ON y.id = d.device_type LEFT JOIN device_info o ON o.id = d.os_version
	LEFT JOIN device_info m ON m.id = d.error_message
	LEFT JOIN device_info a ON a.id = d.analytics_info;`;

function views(statId: string, uid: string): string {
	return [
		statView(statId, uid),
		prmView(uid),
		...['nn', 'metric', 'transform'].map(codeView),
		RUN_VIEW,
	].join('\n');
}

/** The views inside the file: ids and uids that have to be computed are stand-ins, unique as they are. */
export const FILE_VIEWS = views(`'run-' || e.run || '-' || e.epoch`, FILE_UID);

/**
 * TEMP views that come before the file's own and give LEMUR's ids. They call `lemur_uid(run)`, the
 * uid text of a run, and `lemur_stat_id(transform, uid, task, dataset, metric, nn, epoch, duration,
 * accuracy)`: register both first.
 */
export const WORKER_VIEWS = views(
	`lemur_stat_id(f.name, lemur_uid(r.id), t.task, t.dataset, t.metric, n.name, e.epoch, e.duration,
	${ACCURACY})`,
	'lemur_uid(r.id)',
).replaceAll('CREATE VIEW', 'CREATE TEMP VIEW');
