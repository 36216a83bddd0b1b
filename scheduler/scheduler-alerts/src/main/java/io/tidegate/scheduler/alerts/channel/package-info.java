/** Ways to tell people: webhooks, mail, the log. May import {@code message} and {@code delivery}. */
package io.tidegate.scheduler.alerts.channel;
