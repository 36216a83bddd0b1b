/** Tests of alerts and the outbox. */
package io.tidegate.store.outbox;
