/** What the gate lets through, for whoever runs it or says why it failed. */
import type { Token } from './tokens';

/** One reading statement out of a text: where it is, and its tokens. */
export interface ReadingStatement {
	/** without leading and trailing semicolons, white space and comments */
	readonly text: string;
	/** where `text` begins in the text it came from */
	readonly offset: number;
	/** `text` without EXPLAIN or EXPLAIN QUERY PLAN */
	readonly explained: string;
	/** positions are those of the whole text */
	readonly tokens: readonly Token[];
}
