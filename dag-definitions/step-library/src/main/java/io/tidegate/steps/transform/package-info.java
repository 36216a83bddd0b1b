/** The user's own deterministic rule from data to data: the face to implement, and the step that runs it. */
package io.tidegate.steps.transform;
