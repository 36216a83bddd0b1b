package io.tidegate.scheduler.engine;

import io.tidegate.executor.LaunchRequest;

/** Turns an order into what an executor needs: workload, environment, specification. Safe for use by several threads. */
@FunctionalInterface
public interface LaunchRequests {
    /**
     * Builds the request. Called on a launching thread; may read files, must not start anything.
     *
     * @throws IllegalArgumentException when the step's declaration cannot be launched; the attempt fails with the message as the author's fault
     * @throws io.tidegate.dag.template.TemplateException when a template names nothing; likewise
     */
    LaunchRequest build(LaunchOrder order);
}
