SELECT v.model, v.version, v.state, champion.version AS champion
FROM json_to_recordset(CAST(:rows AS json)) AS r (model text, version integer)
JOIN model_version v ON v.model = r.model AND v.version = r.version
LEFT JOIN champion ON champion.model = v.model
