/** Statements to begin with in the SQL room, on LEMUR's own names. */

export interface SqlExample {
	readonly title: string;
	readonly sql: string;
}

/** Each runs on every snapshot and answers within the default limit. */
export const SQL_EXAMPLES: readonly SqlExample[] = [
	{
		title: 'Best net per dataset',
		sql: `SELECT dataset, metric, nn, max(accuracy) AS accuracy, epoch
FROM stat
GROUP BY task, dataset, metric
ORDER BY dataset, metric`,
	},
	{
		title: 'Leaderboard of one dataset',
		sql: `SELECT nn, max(accuracy) AS accuracy, epoch, "transform", count(*) AS trials
FROM stat
WHERE dataset = :dataset AND metric = :metric
GROUP BY nn
ORDER BY accuracy DESC
LIMIT 20`,
	},
	{
		title: 'Mean accuracy by epoch',
		sql: `SELECT epoch, count(*) AS trials, avg(accuracy) AS mean, min(accuracy) AS worst, max(accuracy) AS best
FROM stat
WHERE dataset = :dataset AND metric = :metric
GROUP BY epoch
ORDER BY epoch`,
	},
	{
		title: 'Hyperparameters of the ten best trials',
		sql: `WITH top AS (
	SELECT nn, epoch, accuracy, prm FROM stat
	WHERE dataset = :dataset AND metric = :metric
	ORDER BY accuracy DESC
	LIMIT 10
)
SELECT nn, epoch, accuracy, name, value
FROM top JOIN prm ON prm.uid = top.prm
ORDER BY accuracy DESC, nn, name`,
	},
	{
		title: 'Fastest nets above an accuracy',
		sql: `SELECT nn, min(duration / epoch) / 1e9 AS seconds_per_epoch, max(accuracy) AS accuracy
FROM stat
WHERE dataset = :dataset AND metric = :metric AND epoch > 0 AND accuracy >= 0.8
GROUP BY nn
ORDER BY seconds_per_epoch
LIMIT 20`,
	},
];

/** Values that the page offers for the parameters of the examples. */
export const EXAMPLE_PARAMS: Readonly<Record<string, string>> = {
	dataset: 'cifar-10',
	metric: 'acc',
};
