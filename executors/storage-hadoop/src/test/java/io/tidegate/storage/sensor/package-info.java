/** Tests of waiting, on files of this machine and by a clock that the test moves. */
package io.tidegate.storage.sensor;
