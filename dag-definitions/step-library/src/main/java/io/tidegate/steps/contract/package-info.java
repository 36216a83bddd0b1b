/**
 * What a step is told and what it tells back: the specification it reads, the report it writes, and how it fails. Knows files and JSON
 * only, so everybody may import it; it imports nothing else of the step library.
 */
package io.tidegate.steps.contract;
