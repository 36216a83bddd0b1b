/** Conditions of steps, evaluated for the engine. */
package io.tidegate.server.condition;
