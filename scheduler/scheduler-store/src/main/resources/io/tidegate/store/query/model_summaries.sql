SELECT model.name, model.target, model.versions, champion.version AS champion, champion.since,
       (SELECT jsonb_agg(DISTINCT v.dag) FROM model_version v WHERE v.model = model.name) AS dags
FROM model
LEFT JOIN champion ON champion.model = model.name
/* conditions */
ORDER BY model.name
