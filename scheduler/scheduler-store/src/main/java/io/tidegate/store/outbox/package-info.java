/** Messages that must leave, and alerts people close. */
package io.tidegate.store.outbox;
