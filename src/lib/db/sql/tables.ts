/** LEMUR's tables as the SQL room lists and completes them. */

export interface TableInfo {
	readonly name: string;
	readonly about: string;
	readonly columns: readonly string[];
}

export const TABLES: readonly TableInfo[] = [
	{
		name: 'stat',
		about: 'one row per record',
		columns: [
			'id',
			'accuracy',
			'epoch',
			'duration',
			'task',
			'dataset',
			'nn',
			'transform',
			'metric',
			'prm',
		],
	},
	{ name: 'prm', about: 'hyperparameters of a uid', columns: ['uid', 'name', 'value'] },
	{ name: 'nn', about: 'nets', columns: ['name', 'code', 'id'] },
	{ name: 'transform', about: 'transforms', columns: ['name', 'code', 'id'] },
	{ name: 'metric', about: 'metrics', columns: ['name', 'code', 'id'] },
	{
		name: 'run',
		about: 'runs on devices',
		columns: [
			'id',
			'model_name',
			'device_type',
			'os_version',
			'valid',
			'emulator',
			'error_message',
			'duration',
			'device_analytics_json',
		],
	},
];

export const SCHEMA: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
	TABLES.map((table) => [table.name, table.columns]),
);
