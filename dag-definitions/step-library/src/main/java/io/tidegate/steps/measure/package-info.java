/** What can be measured on scored rows and on features: losses, calibration, drift. Knows DataFrames, not steps. */
package io.tidegate.steps.measure;
