/** From a launch request to the Job that is created: pure functions, without a cluster. Imports the settings alone. */
package io.tidegate.executor.kubernetes.manifest;
