/** The tables of Optuna's relational storage as version 4.5 makes them in SQLite (schema 12). */

export const SCHEMA_VERSION = 12;
export const LIBRARY_VERSION = '4.5.0';
/** The migration that version 4.5 is at. */
export const ALEMBIC_VERSION = 'v3.2.0.a';

const attributes = (table: string, column: string, id: string, target: string) => `
CREATE TABLE ${table} (
	${id} INTEGER NOT NULL,
	${column} INTEGER,
	"key" VARCHAR(512),
	value_json TEXT,
	PRIMARY KEY (${id}),
	UNIQUE (${column}, "key"),
	FOREIGN KEY(${column}) REFERENCES ${target} (${column})
);`;

const ofTrial = (table: string, id: string, columns: string, unique: string) => `
CREATE TABLE ${table} (
	${id} INTEGER NOT NULL,
	trial_id INTEGER NOT NULL,
	${columns},
	PRIMARY KEY (${id}),
	UNIQUE (trial_id${unique}),
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);`;

export const CREATE_TABLES = [
	`CREATE TABLE studies (
	study_id INTEGER NOT NULL,
	study_name VARCHAR(512) NOT NULL,
	PRIMARY KEY (study_id)
);
CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
CREATE TABLE version_info (
	version_info_id INTEGER NOT NULL,
	schema_version INTEGER,
	library_version VARCHAR(256),
	PRIMARY KEY (version_info_id),
	CHECK (version_info_id=1)
);
CREATE TABLE study_directions (
	study_direction_id INTEGER NOT NULL,
	direction VARCHAR(8) NOT NULL,
	study_id INTEGER NOT NULL,
	objective INTEGER NOT NULL,
	PRIMARY KEY (study_direction_id),
	UNIQUE (study_id, objective),
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);
CREATE TABLE trials (
	trial_id INTEGER NOT NULL,
	number INTEGER,
	study_id INTEGER,
	state VARCHAR(8) NOT NULL,
	datetime_start DATETIME,
	datetime_complete DATETIME,
	PRIMARY KEY (trial_id),
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);
CREATE INDEX ix_trials_study_id ON trials (study_id);`,
	attributes('study_user_attributes', 'study_id', 'study_user_attribute_id', 'studies'),
	attributes('study_system_attributes', 'study_id', 'study_system_attribute_id', 'studies'),
	attributes('trial_user_attributes', 'trial_id', 'trial_user_attribute_id', 'trials'),
	attributes('trial_system_attributes', 'trial_id', 'trial_system_attribute_id', 'trials'),
	`CREATE TABLE trial_params (
	param_id INTEGER NOT NULL,
	trial_id INTEGER,
	param_name VARCHAR(512),
	param_value FLOAT,
	distribution_json TEXT,
	PRIMARY KEY (param_id),
	UNIQUE (trial_id, param_name),
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);`,
	ofTrial(
		'trial_values',
		'trial_value_id',
		'objective INTEGER NOT NULL,\n\tvalue FLOAT,\n\tvalue_type VARCHAR(7) NOT NULL',
		', objective',
	),
	ofTrial(
		'trial_intermediate_values',
		'trial_intermediate_value_id',
		'step INTEGER NOT NULL,\n\tintermediate_value FLOAT,\n\tintermediate_value_type VARCHAR(7) NOT NULL',
		', step',
	),
	ofTrial('trial_heartbeats', 'trial_heartbeat_id', 'heartbeat DATETIME NOT NULL', ''),
	`CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);`,
].join('\n');
