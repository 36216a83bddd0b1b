SELECT v.model, v.version, v.state, v.run, v.dag, v.partition, v.bundle, v.fingerprint
FROM json_to_recordset(CAST(:rows AS json)) AS r (model text, version integer)
JOIN model_version v ON v.model = r.model AND v.version = r.version
