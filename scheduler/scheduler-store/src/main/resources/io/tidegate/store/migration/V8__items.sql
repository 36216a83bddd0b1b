-- Items of a step that runs for each item of a list are steps of the run, named <step>.<key>; their values by the names that templates have for
-- them, as JSON texts.
ALTER TABLE step_run ADD COLUMN item jsonb;
