UPDATE place_request
SET granted_at = CASE WHEN m.ended THEN granted_at ELSE now() END, over = m.ended
FROM json_to_recordset(CAST(:rows AS json)) AS m (run uuid, step text, number integer, ended boolean)
WHERE place_request.run = m.run AND place_request.step = m.step AND place_request.number = m.number
