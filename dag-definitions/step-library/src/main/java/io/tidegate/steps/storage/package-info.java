/**
 * Folders of data: written beside their place and moved in whole, described by a manifest, told apart by the fingerprint of their content.
 * Knows Hadoop's file systems and DataFrames, not what steps do with them.
 */
package io.tidegate.steps.storage;
