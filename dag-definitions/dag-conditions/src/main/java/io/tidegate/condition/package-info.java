/**
 * Conditions and other small expressions in CEL: compiled with problems that say where and what, evaluated at a bounded cost. Imported by whoever
 * reads or decides a condition; imports nothing of ours but the nearest name of the model.
 */
package io.tidegate.condition;
