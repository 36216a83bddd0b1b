/** Model versions and their states; champion changes. */
package io.tidegate.scheduler.model;
