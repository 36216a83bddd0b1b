/**
 * Declared rules that part good rows from bad: the rules, the file they are read from, and their application to a DataFrame, which needs
 * nothing of Tidegate.
 */
package io.tidegate.steps.cleanse;
