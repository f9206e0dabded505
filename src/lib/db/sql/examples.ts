/**
 * Statements to begin with in the SQL room, mostly on LEMUR's own names. None joins `prm`: that
 * computes the uid of every run, which takes seconds.
 */

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
		title: 'First epoch by batch size, on the coded tables',
		sql: `SELECT r.batch, count(*) AS trials, avg(CAST(e.accuracy AS REAL) / t.denominator) AS mean
FROM trial e
JOIN trial_run r ON r.id = e.run
JOIN config c ON c.id = r.config
JOIN dim_task t ON t.id = c.task
WHERE t.dataset = :dataset AND t.metric = :metric AND e.epoch = 1 AND typeof(e.accuracy) = 'integer'
GROUP BY r.batch
ORDER BY r.batch`,
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
