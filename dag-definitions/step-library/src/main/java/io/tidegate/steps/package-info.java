/** Where a built-in step starts as a process of its own. Nobody imports this package; it imports every step. */
package io.tidegate.steps;
