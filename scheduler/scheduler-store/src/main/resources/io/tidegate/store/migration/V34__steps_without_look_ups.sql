-- Steps are made together with their run, or by the writer who has locked it, and attempts by that writer: the database need not look for the run of each
-- of ten thousand steps, nor lock the step of each attempt. What is removed is removed together as well.
ALTER TABLE step_run DROP CONSTRAINT step_run_run_fkey;
ALTER TABLE attempt DROP CONSTRAINT attempt_run_step_fkey;
