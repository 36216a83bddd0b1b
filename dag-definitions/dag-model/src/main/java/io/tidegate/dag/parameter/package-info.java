/** Values of parameters as text: what they mean, and whether they are allowed. May import the model and the names of the graph. */
package io.tidegate.dag.parameter;
