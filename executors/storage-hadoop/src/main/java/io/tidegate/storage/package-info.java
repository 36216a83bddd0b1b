/**
 * Files wherever they lie, by URI: what a partition looks like, what identifies its content, and an archive of small files. Shows types of the
 * JDK only, so that who uses it never meets the library behind it; {@link io.tidegate.storage.hadoop} is that library's place.
 */
package io.tidegate.storage;
