package io.tidegate.dag.parser.language;

import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.step.StepKind;
import java.util.Optional;

/**
 * A step before the DAG's defaults are applied.
 *
 * @param kind empty when the author gave none that there is
 */
record StepDraft(Optional<StepKind> kind, Values values) {}
