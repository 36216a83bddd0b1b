/** What an alert says to people and programs. Imports nothing of the other packages here. */
package io.tidegate.scheduler.alerts.message;
