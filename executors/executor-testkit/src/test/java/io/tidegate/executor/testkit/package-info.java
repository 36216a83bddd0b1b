/** Tests of what executors and their users are tested with. */
package io.tidegate.executor.testkit;
