package io.tidegate.server.definitions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tidegate.dag.Secret;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.Timing;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What DAG files came to when they were read, kept in a file from one start of a server to the next, so that thousands that have not changed need not be
 * read again. A file is the same when the content of everything that reading it looks at is the same; sizes and times, which can be alike by
 * chance, do not count. A cache: without the file, or with one of another build, everything is read. Thread-safe.
 */
public final class EarlierReadings {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierReadings.class);

    /** Every kind of a sealed type is told by its name. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    private interface Kind {}

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            // What records are made of is kept, and not what they say of themselves.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addMixIn(Timing.class, Kind.class)
            .addMixIn(DataCondition.class, Kind.class)
            .addMixIn(Secret.Place.class, Kind.class)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    static {
        for (Class<?> sealed : List.of(Timing.class, DataCondition.class, Secret.Place.class)) {
            JSON.registerSubtypes(sealed.getPermittedSubclasses());
        }
    }

    private final Path kept;
    private final Optional<Origin> origin;
    private final Map<Path, EarlierReading> readings = new ConcurrentHashMap<>();
    private volatile boolean differ;

    /**
     * What readings depend on beside files. Those of another origin are of no use.
     *
     * @param build of Tidegate, see {@link io.tidegate.server.settings.Build#fingerprint}
     * @param home where models and data of DAGs lie
     */
    public record Origin(String build, ParserLimits limits, String home) {
        public Origin {
            Objects.requireNonNull(build, "build");
            Objects.requireNonNull(limits, "limits");
            Objects.requireNonNull(home, "home");
        }
    }

    /** A line of the file. */
    private record Kept(String file, EarlierReading reading) {}

    private EarlierReadings(Path kept, Optional<Origin> origin) {
        this.kept = kept;
        this.origin = origin;
    }

    /**
     * Those that the server before has kept.
     *
     * @param kept where
     * @param origin of this server's own; absent when none are to be kept
     */
    public static EarlierReadings in(Path kept, Optional<Origin> origin) {
        EarlierReadings earlier = new EarlierReadings(kept, origin);
        origin.ifPresent(earlier::load);
        return earlier;
    }

    private void load(Origin own) {
        try (JsonParser lines = JSON.createParser(kept.toFile())) {
            if (!own.equals(JSON.readValue(lines, Origin.class))) {
                return;
            }
            MappingIterator<Kept> all = JSON.readerFor(Kept.class).readValues(lines);
            while (all.hasNextValue()) {
                Kept line = all.nextValue();
                readings.put(Path.of(line.file()), line.reading());
            }
        } catch (NoSuchFileException | java.io.FileNotFoundException first) {
            LOG.debug("no DAG file was read by an earlier server", first);
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn("{} cannot be used, so all DAG files are read: {}", kept, unreadable.getMessage());
            readings.clear();
        }
    }

    /**
     * A file that is as it was.
     *
     * @param stamp as of {@link FolderSnapshot#stamp}, from before its content was looked at
     */
    record Unchanged(String stamp, EarlierReading reading) {}

    /** What is known of a file; empty when it has changed, or is not known. */
    Optional<Unchanged> find(Path file, FolderListings listings) {
        EarlierReading known = readings.get(file);
        if (known == null) {
            return Optional.empty();
        }
        try {
            FolderSnapshot snapshot = FolderSnapshot.of(file, known.libraries(), listings);
            String contents = snapshot.contents(file, FolderListings.digestNow(file));
            return contents.equals(known.contents())
                    ? Optional.of(new Unchanged(snapshot.stamp(), known))
                    : Optional.empty();
        } catch (IOException unreadable) {
            // Reading it tells what is wrong.
            LOG.debug("{}", file, unreadable);
            return Optional.empty();
        }
    }

    /** Notes what a file has come to now. */
    void put(Path file, Optional<EarlierReading> reading) {
        EarlierReading before = reading.isPresent() ? readings.put(file, reading.get()) : readings.remove(file);
        differ |= !reading.equals(Optional.ofNullable(before));
    }

    /** Forgets the files that are gone. */
    void retainOnly(Collection<Path> files) {
        differ |= readings.keySet().retainAll(files);
    }

    /** Keeps them for the next server, where that is wanted and something is different. */
    void save() {
        if (!differ || origin.isEmpty()) {
            return;
        }
        Path whole = kept.resolveSibling(kept.getFileName() + ".new");
        try {
            try (Writer file = Files.newBufferedWriter(whole);
                    SequenceWriter lines =
                            JSON.writer().withRootValueSeparator("\n").writeValues(file)) {
                lines.write(origin.get());
                for (var reading : readings.entrySet()) {
                    lines.write(new Kept(reading.getKey().toString(), reading.getValue()));
                }
            }
            Files.move(whole, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            differ = false;
        } catch (IOException notWritten) {
            LOG.warn("{} cannot be written, so the next start reads all DAG files: {}", kept, notWritten.getMessage());
        }
    }
}
