INSERT INTO backfill_interval (backfill, place, interval_start, interval_end, interval_zone, partition, left_out)
SELECT :backfill, r.place, r.interval_start, r.interval_end, r.interval_zone, r.partition, r.left_out
FROM json_to_recordset(CAST(:rows AS json)) AS r
    (place integer, interval_start timestamptz, interval_end timestamptz, interval_zone text, partition text, left_out text)
