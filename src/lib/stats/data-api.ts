/** LEMUR's `ab.nn.api.data()` over the columnar mirror: its arguments, its columns, its ties. */

export interface DataArguments {
	readonly onlyBestAccuracy?: boolean;
	readonly task?: string;
	readonly dataset?: string;
	readonly metric?: string;
	readonly nn?: string;
	readonly epoch?: number | string;
	/** null, 0 or negative = no limit */
	readonly maxRows?: number | null;
	/** OR of SQL's `nn LIKE 'prefix%'`, as LEMUR asks it: ASCII case-insensitive, `_` and `%` are wildcards */
	readonly prefixList?: readonly string[];
}

/** Struct of arrays in LEMUR's order: task, dataset, metric, nn, epoch. */
export interface DataRows {
	readonly rows: number;
	readonly task: readonly string[];
	readonly dataset: readonly string[];
	readonly metric: readonly string[];
	readonly nn: readonly string[];
	readonly epoch: Float64Array;
	readonly accuracy: Float64Array;
	/** ns; NaN = not recorded */
	readonly duration: Float64Array;
	readonly uid: readonly string[];
	readonly transform: readonly string[];
	/** index into `prmSets`: rows of one uid share one parameter set */
	readonly prm: Uint32Array;
	/** each with LEMUR's numeric affinity applied */
	readonly prmSets: readonly Readonly<Record<string, number | string>>[];
}
