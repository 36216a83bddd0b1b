/** Training: the face a user implements to say what to train, and the step that trains, compares and writes the bundle. */
package io.tidegate.steps.train;
