INSERT INTO dag_version (dag, hash, source, canonical_form, folder, file_name, created_at)
VALUES (:dag, :hash, :source, :canonical_form, :folder, :file_name, :created_at)
ON CONFLICT (dag, hash) DO NOTHING
