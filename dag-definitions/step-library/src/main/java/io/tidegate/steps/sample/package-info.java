/** Sample data of tests: lays it out before a run and holds what the run wrote against what was expected. Only the program's entry imports it. */
package io.tidegate.steps.sample;
