/**
 * Model bundles: a fitted Spark ML pipeline with a manifest that says what it was made of and checks that nothing of it changed. Also the
 * pointer by which users of a model find its champion.
 */
package io.tidegate.steps.bundle;
