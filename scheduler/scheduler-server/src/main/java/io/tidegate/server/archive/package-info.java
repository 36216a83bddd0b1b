/**
 * What becomes of the logs and reports of attempts that have ended: they are archived, read from there, and deleted when they are old. The wiring
 * makes these parts; nobody else imports them.
 */
package io.tidegate.server.archive;
