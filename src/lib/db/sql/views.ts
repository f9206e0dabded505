/**
 * LEMUR's `stat` and `prm` over the coded tables, with identities from functions. They replace the
 * views of the file, which have no uid of their own. A column costs only the rows that ask for it.
 */

const STAT = `
CREATE TEMP VIEW stat AS
SELECT
	lemur_stat_id(x.name, lemur_uid(r.id), t.task, t.dataset, t.metric, n.name, e.epoch, e.duration,
		CASE typeof(e.accuracy) WHEN 'integer' THEN CAST(e.accuracy AS REAL) / t.denominator
		ELSE e.accuracy END) AS id,
	CASE typeof(e.accuracy) WHEN 'integer' THEN CAST(e.accuracy AS REAL) / t.denominator
		ELSE e.accuracy END AS accuracy,
	e.epoch AS epoch, e.duration AS duration, t.task AS task, t.dataset AS dataset, n.name AS nn,
	x.name AS "transform", t.metric AS metric, lemur_uid(r.id) AS prm
FROM main.trial e
JOIN main.trial_run r ON r.id = e.run
JOIN main.config c ON c.id = r.config
JOIN main.dim_task t ON t.id = c.task
JOIN main.dim_nn n ON n.id = c.nn
LEFT JOIN main.dim_transform x ON x.id = r.transform`;

const coded = ['batch', 'dropout', 'lr', 'momentum'].map(
	(name) =>
		`SELECT lemur_uid(id) AS uid, '${name}' AS name, ${name} AS value FROM main.trial_run WHERE ${name} IS NOT NULL`,
);

const PRM = `
CREATE TEMP VIEW prm AS
${coded.join('\nUNION ALL ')}
UNION ALL SELECT lemur_uid(r.id), 'transform', x.name
	FROM main.trial_run r JOIN main.dim_transform x ON x.id = r.transform
UNION ALL SELECT lemur_uid(r.id), j.key, j.value
	FROM main.trial_run r JOIN main.extra x ON x.id = r.extra, json_each(x.prm) j`;

/** Statements that make the TEMP views, to run once after `registerFunctions`. */
export const lemurViews: readonly string[] = [STAT, PRM];
