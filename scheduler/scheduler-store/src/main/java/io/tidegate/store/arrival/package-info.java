/** Which data has arrived, for schedules that wait for it. */
package io.tidegate.store.arrival;
