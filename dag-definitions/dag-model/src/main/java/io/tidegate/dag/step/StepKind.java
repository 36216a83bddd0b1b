package io.tidegate.dag.step;

import java.util.Locale;

/** What a step is for. The kind decides which fields it has and which data classes it may write. */
public enum StepKind {
    /** Lands raw data from outside. */
    INGEST,
    /** Applies declared rules to rows and parts the good from the bad. */
    CLEANSE,
    /** Computes data from data by a deterministic rule. */
    TRANSFORM,
    /** Trains a model whenever it runs. */
    TRAIN,
    /** Scores data with the champion and logs how well it did. */
    EVALUATE,
    /** Trains a model when a measured threshold says so. */
    REFIT,
    /** Makes the challenger the champion if the gate lets it pass. */
    PUBLISH,
    /** Runs a command of the author's. */
    TASK,
    /** Waits for data that comes from outside. */
    SENSOR,
    /** Has a custom resource of Kubernetes do the work, such as a training job of Kubeflow. */
    RESOURCE,
    /** Has another DAG run, and waits for its run if asked to. */
    DAG;

    /** Whether the scheduler itself does the step's work, so that no executor is involved. */
    public boolean runsInScheduler() {
        return this == PUBLISH;
    }

    /** Whether the step starts no program, so that it takes neither a command nor an executor. */
    public boolean runsNoProgram() {
        return runsInScheduler() || this == SENSOR || this == DAG;
    }

    /** Whether attempts hold places that they share with others, rather than only wait or be done by the scheduler itself. */
    public boolean holdsPlaces() {
        return !runsNoProgram();
    }

    /** Whether there is something in it that could report values, of which later steps may make use. */
    public boolean reportsValues() {
        return this != PUBLISH && this != SENSOR && this != RESOURCE;
    }

    /** Whether data may come into being here that nothing inside was made from. */
    public boolean takesInData() {
        return this == INGEST || this == SENSOR;
    }

    /** Whether a step of this kind registers a model version. */
    public boolean producesModel() {
        return this == TRAIN || this == REFIT;
    }

    /** Whether what it writes is an algorithm's guess. */
    public boolean usesModel() {
        return producesModel() || this == EVALUATE;
    }

    /** The word an author writes: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
