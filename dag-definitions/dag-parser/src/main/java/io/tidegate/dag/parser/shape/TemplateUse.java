package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.template.Template;

/** A template that was read, to be checked when all names of the DAG are known. */
public record TemplateUse(YamlNode.Scalar node, Template template, Scope scope) {
    /** Where a template stands, which decides the names it may use. */
    public enum Scope {
        /** Where partitions of a dataset lie: the same in each run of an interval. */
        DATASET,
        /** Where a model lies: the same in each run. */
        MODEL,
        /** What a step is given. */
        STEP,
        /** A variable of a step: what a step is given, and the only place for secrets. */
        ENVIRONMENT,
        /** What a custom resource is made of: knows its own name besides. */
        RESOURCE
    }
}
