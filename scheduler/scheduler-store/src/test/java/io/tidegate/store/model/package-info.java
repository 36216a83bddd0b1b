/** Tests of models. */
package io.tidegate.store.model;
