INSERT INTO model (name, target)
VALUES (:model, :target)
ON CONFLICT (name) DO UPDATE SET target = excluded.target WHERE model.target <> excluded.target
