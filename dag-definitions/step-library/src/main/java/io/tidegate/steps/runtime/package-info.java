/**
 * How a built-in step meets the world: its Spark session, its specification, its report, and the partitions it reads and writes. May be
 * imported by every step; imports the contract and the storage only.
 */
package io.tidegate.steps.runtime;
