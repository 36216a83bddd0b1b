/**
 * What executors and their users are tested with: the contract that every executor passes, and an executor whose jobs a test starts
 * and ends by hand. Test scope only; imports the executor SPI and the test libraries.
 */
package io.tidegate.executor.testkit;
