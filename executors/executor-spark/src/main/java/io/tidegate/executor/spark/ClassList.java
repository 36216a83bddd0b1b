package io.tidegate.executor.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/** The classes that go into an archive, as the Java runtime's own class list has them. */
@FunctionalInterface
interface ClassList {
    void writeTo(Path file) throws IOException;

    /**
     * What applications of the usual kind loaded: session, Parquet, CSV and JSON, joins, windows and aggregates, pipelines of features,
     * regression and trees. Recorded with Spark 4.1; classes that another version lacks are left out by the Java runtime.
     */
    static ClassList bundled() {
        return file -> {
            try (InputStream stream = ClassList.class.getResourceAsStream("spark-classes.list.gz")) {
                if (stream == null) {
                    throw new IOException("spark-classes.list.gz is missing beside " + ClassList.class.getName());
                }
                Files.copy(new GZIPInputStream(stream), file, StandardCopyOption.REPLACE_EXISTING);
            }
        };
    }
}
