package io.tidegate.executor.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Files that every submit is pointed at.
 *
 * @param logConfiguration what Spark logs: warnings and worse, on standard error
 * @param emptyConfiguration an empty folder in place of the templates of a home that is not configured
 */
record SparkFiles(Path logConfiguration, Path emptyConfiguration) {
    private static final String LOG_CONFIGURATION = "log4j2.properties";

    /** @throws UncheckedIOException when the cache cannot be written */
    static SparkFiles install(Path cache) {
        try (InputStream stream = SparkFiles.class.getResourceAsStream(LOG_CONFIGURATION)) {
            if (stream == null) {
                throw new IllegalStateException(LOG_CONFIGURATION + " is missing beside " + SparkFiles.class.getName());
            }
            Path empty = Files.createDirectories(cache.resolve("no-configuration"));
            Path file = cache.resolve(LOG_CONFIGURATION);
            byte[] text = stream.readAllBytes();
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), text)) {
                Path temporary = Files.createTempFile(cache, ".new", "");
                Files.write(temporary, text);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return new SparkFiles(file, empty);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the cache folder of Spark, " + cache
                            + ", cannot be written: give its user the right to, or name another one",
                    e);
        }
    }
}
