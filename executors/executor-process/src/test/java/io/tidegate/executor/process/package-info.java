/** Tests of the process executor. */
package io.tidegate.executor.process;
