/** Alerts: what is worth telling, once per problem. */
package io.tidegate.scheduler.alert;
