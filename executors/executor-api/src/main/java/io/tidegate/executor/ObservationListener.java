package io.tidegate.executor;

/** Told what an executor sees of a job. Called on the executor's threads; must return quickly and not throw. */
@FunctionalInterface
public interface ObservationListener {
    void observed(LaunchKey key, Observation observation);
}
