-- What people did to DAGs: lines are added, never changed.
CREATE TABLE dag_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dag text NOT NULL REFERENCES dag (name),
    at timestamptz NOT NULL,
    type text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL
);

CREATE INDEX dag_event_by_dag ON dag_event (dag, id);

CREATE TRIGGER dag_event_is_history BEFORE UPDATE ON dag_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
