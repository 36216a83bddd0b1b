UPDATE run
SET owner = NULL, fence = fence + 1
WHERE id = :run AND fence = :fence AND owner IS NOT NULL
