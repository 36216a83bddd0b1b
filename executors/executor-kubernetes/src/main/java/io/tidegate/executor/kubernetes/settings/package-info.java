/** What an operator says about clusters. Imports nothing of this module; everything else here may import it. */
package io.tidegate.executor.kubernetes.settings;
