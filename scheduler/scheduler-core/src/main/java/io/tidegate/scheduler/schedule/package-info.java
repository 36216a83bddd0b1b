/** Which intervals a schedule has and which of them are due. Declares the ports to the clock; triggers import it, nothing else need. */
package io.tidegate.scheduler.schedule;
