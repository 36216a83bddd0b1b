/** Templates: text with names in double braces. Names only, no code; what a value holds is never evaluated again. */
package io.tidegate.dag.template;
