INSERT INTO metric (run, dag, step, attempt, partition, interval_start, name, value, samples, dataset, model, model_version, role,
                    slice_column, slice_value, comparison, at)
SELECT r.run, r.dag, r.step, r.attempt, r.partition, r.interval_start, r.name, r.value, r.samples, r.dataset, r.model,
       r.model_version, r.role, r.slice_column, r.slice_value, r.comparison, r.at
FROM ROWS FROM (json_to_recordset(CAST(:rows AS json)) AS
    (run uuid, dag text, step text, attempt integer, partition text, interval_start timestamptz, name text, value double precision,
     samples bigint, dataset text, model text, model_version integer, role text, slice_column text, slice_value text,
     comparison boolean, at timestamptz)) WITH ORDINALITY
    AS r (run, dag, step, attempt, partition, interval_start, name, value, samples, dataset, model, model_version, role,
          slice_column, slice_value, comparison, at, place)
ORDER BY r.place
