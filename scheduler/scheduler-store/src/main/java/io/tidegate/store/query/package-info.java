/** The read side: what people are shown. Pages go by key; nothing is counted and nothing is skipped over. */
package io.tidegate.store.query;
