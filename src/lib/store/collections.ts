/** The collections of this site's store and the version of their records. Append only. */

/** Their number is the database's version: add at the end, never remove or rename. */
export const COLLECTIONS = [
	...(['views', 'recents', 'settings'] as const),
	...(['runs', 'epochs', 'checkpoints'] as const),
	...(['studies', 'studyEvents'] as const),
] as const;

export type CollectionName = (typeof COLLECTIONS)[number];

/** Part of the store's name; raised when the shape of a record changes incompatibly. */
export const SCHEMA = 1;
