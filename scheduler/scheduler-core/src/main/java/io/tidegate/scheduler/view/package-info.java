/**
 * What people and programs are shown: the read side. These records are the bodies of the REST interface (snake_case names, enums in
 * lower case, absent values left out, instants as ISO-8601 in UTC), so a change here is a change of the interface.
 */
package io.tidegate.scheduler.view;
