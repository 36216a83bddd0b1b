/** What stands before every request: who may ask, which headers answers carry, and the dashboard's files. */
package io.tidegate.server.web;
