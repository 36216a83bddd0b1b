package io.tidegate.executor.spark;

import io.tidegate.executor.process.AttemptFolder;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.cluster.SparkCluster.DriverFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Copies what a driver in a cluster writes into the attempt's folder, so that it can be read when the cluster has cleared it away: error and
 * standard output one after the other as they come, and the report. What has been copied is written down, so that a later server goes on
 * from there. Used by one thread at a time for each attempt.
 */
final class DriverMirror {
    private static final String LOG = "driver.log";
    private static final String POSITIONS = "driver.positions";
    private static final int BLOCK = 1 << 20;

    private final AttemptFolder folder;
    private final long limit;

    /** @param limit most bytes kept of the log, and most of the report */
    DriverMirror(AttemptFolder folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** The copy of what the driver printed. */
    Path log() {
        return folder.path().resolve(LOG);
    }

    /**
     * Copies what is new.
     *
     * @throws IOException when the cluster or the folder cannot be read; what was copied before that counts
     */
    void copy(SparkCluster cluster, ClusterDriver driver) throws IOException {
        if (!Files.isDirectory(folder.path())) {
            // The application was found in its cluster, and the folder it was started from is gone.
            folder.makeScratch();
        }
        Positions positions = positions();
        for (DriverFile file : new DriverFile[] {DriverFile.ERRORS, DriverFile.OUTPUT}) {
            byte[] block = next(cluster, driver, file, positions.of(file));
            while (block.length > 0 && size(log()) < limit) {
                append(log(), block);
                positions = positions.after(file, block.length);
                write(positions);
                block = next(cluster, driver, file, positions.of(file));
            }
        }
        Path report = folder.report();
        byte[] block = next(cluster, driver, DriverFile.REPORT, size(report));
        while (block.length > 0 && size(report) < limit) {
            append(report, block);
            block = next(cluster, driver, DriverFile.REPORT, size(report));
        }
    }

    private static byte[] next(SparkCluster cluster, ClusterDriver driver, DriverFile file, long offset)
            throws IOException {
        return cluster.read(driver, file, offset, BLOCK);
    }

    private static void append(Path file, byte[] block) throws IOException {
        Files.write(file, block, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** How much of each stream has been copied, in bytes. */
    private record Positions(long errors, long output) {
        long of(DriverFile file) {
            return file == DriverFile.ERRORS ? errors : output;
        }

        Positions after(DriverFile file, long more) {
            return file == DriverFile.ERRORS
                    ? new Positions(errors + more, output)
                    : new Positions(errors, output + more);
        }
    }

    private Positions positions() throws IOException {
        Path file = folder.path().resolve(POSITIONS);
        if (!Files.exists(file)) {
            return new Positions(0, 0);
        }
        String[] words =
                Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ");
        return new Positions(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    private void write(Positions positions) throws IOException {
        Path temporary = Files.createTempFile(folder.path(), ".new", "");
        Files.writeString(temporary, positions.errors() + " " + positions.output() + "\n");
        Files.move(
                temporary,
                folder.path().resolve(POSITIONS),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
