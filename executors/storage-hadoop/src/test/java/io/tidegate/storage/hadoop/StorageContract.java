package io.tidegate.storage.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.storage.Fingerprint;
import io.tidegate.storage.FingerprintBounds;
import io.tidegate.storage.PartitionState;
import io.tidegate.storage.Storage;
import io.tidegate.storage.StorageLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What storage does on every file system. */
abstract class StorageContract {
    static final Instant MONDAY = Instant.parse("2001-03-05T06:00:00Z");
    static final FingerprintBounds USUAL = new FingerprintBounds(100, 1 << 20, Duration.ofMinutes(1));

    /** Storage as the server. */
    abstract Storage storage() throws IOException;

    /** A folder of this test alone. */
    abstract StorageLocation folder();

    /** Sets when a file or folder was last changed. */
    abstract void changedAt(StorageLocation location, Instant instant) throws IOException;

    StorageLocation write(String path, String text) throws IOException {
        StorageLocation file = folder().below(path);
        storage().write(file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    String text(StorageLocation file) throws IOException {
        try (InputStream stream = storage().open(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Fingerprint fingerprint(String path) throws IOException {
        return storage().fingerprint(folder().below(path), USUAL).orElseThrow();
    }

    @Test
    void whatIsNotThereIsAbsent() throws IOException {
        StorageLocation nowhere = folder().below("nowhere");
        assertThat(storage().look(nowhere)).isEqualTo(PartitionState.ABSENT);
        assertThat(storage().look(nowhere).isStable(MONDAY, Duration.ZERO)).isFalse();
        assertThat(storage().fingerprint(nowhere, USUAL)).isEmpty();
        assertThat(storage().size(nowhere)).isEmpty();
        assertThat(storage().deleteOlderThan(nowhere, MONDAY)).isZero();
        assertThatThrownBy(() -> storage().open(nowhere)).isInstanceOf(IOException.class);
    }

    @Test
    void aPartitionIsItsVisibleFilesAtAnyDepth() throws IOException {
        write("week/part-0", "12345");
        write("week/origin=JFK/part-0", "678");
        write("week/_temporary/0/part-1", "not yet data");
        write("week/.part-0.crc", "no data");
        PartitionState before = storage().look(folder().below("week"));
        assertThat(before.exists()).isTrue();
        assertThat(before.success()).isFalse();
        assertThat(before.files()).isEqualTo(2);
        assertThat(before.bytes()).isEqualTo(8);
        assertThat(before.inWords()).startsWith("2 files, 8 bytes, changed at ").endsWith(", without _SUCCESS");

        write("week/_SUCCESS", "");
        PartitionState after = storage().look(folder().below("week"));
        assertThat(after.success()).isTrue();
        assertThat(after.files()).isEqualTo(2);
        assertThat(storage().look(folder().below("week/part-0")).bytes()).isEqualTo(5);
    }

    @Test
    void aPartitionIsStableOnceItsNewestChangeIsOldEnough() throws IOException {
        write("week/part-0", "12345");
        write("week/_temporary/part-1", "1");
        for (String path : new String[] {"week/part-0", "week/_temporary/part-1", "week/_temporary", "week"}) {
            changedAt(folder().below(path), MONDAY);
        }
        PartitionState state = storage().look(folder().below("week"));
        assertThat(state.newest()).contains(MONDAY);
        assertThat(state.isStable(MONDAY.plusSeconds(300), Duration.ofMinutes(5)))
                .isTrue();
        assertThat(state.isStable(MONDAY.plusSeconds(299), Duration.ofMinutes(5)))
                .isFalse();

        // Somebody goes on writing where it does not show yet.
        changedAt(folder().below("week/_temporary/part-1"), MONDAY.plusSeconds(60));
        assertThat(storage().look(folder().below("week")).newest()).contains(MONDAY.plusSeconds(60));
    }

    @Test
    void theSameFilesHaveTheSameFingerprintAndOthersAnother() throws IOException {
        write("a/part-0", "12345");
        write("a/sub/part-1", "678");
        write("b/sub/part-1", "678");
        write("b/part-0", "12345");
        write("b/_SUCCESS", "");
        Fingerprint first = fingerprint("a");
        assertThat(first.text()).matches("sha256:[0-9a-f]{64}");
        assertThat(first.files()).isEqualTo(2);
        assertThat(first.bytes()).isEqualTo(8);
        assertThat(fingerprint("b")).isEqualTo(first);

        write("b/part-0", "54321");
        assertThat(fingerprint("b").text()).isNotEqualTo(first.text());
        write("b/part-0", "12345");
        assertThat(fingerprint("b")).isEqualTo(first);
        write("b/part-2", "");
        assertThat(fingerprint("b").text()).isNotEqualTo(first.text());
    }

    @Test
    void aFingerprintKeepsToItsBounds() throws IOException {
        write("week/part-0", "12345");
        write("week/part-1", "12345");
        StorageLocation week = folder().below("week");
        assertThat(storage().fingerprint(week, new FingerprintBounds(1, 100, Duration.ofMinutes(1))))
                .isEmpty();
        assertThat(storage().fingerprint(week, new FingerprintBounds(2, 100, Duration.ofMinutes(1))))
                .isPresent();
    }

    @Test
    void aFileIsReadInStretches() throws IOException {
        StorageLocation file = write("log", "0123456789");
        assertThat(storage().size(file)).hasValue(10);
        assertThat(new String(storage().read(file, 0, 4), StandardCharsets.UTF_8))
                .isEqualTo("0123");
        assertThat(new String(storage().read(file, 8, 100), StandardCharsets.UTF_8))
                .isEqualTo("89");
        assertThat(storage().read(file, 10, 4)).isEmpty();
        assertThat(storage().read(file, 1000, 4)).isEmpty();
        assertThat(text(file)).isEqualTo("0123456789");
    }

    @Test
    void aFileIsReplacedWhole() throws IOException {
        StorageLocation file = write("log", "the first one, which is longer");
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> storage().write(file, broken)).hasMessageContaining("Stream closed");
        assertThat(text(file)).isEqualTo("the first one, which is longer");
        write("log", "the second one");
        assertThat(text(file)).isEqualTo("the second one");
        assertThat(storage().look(folder()).files()).isEqualTo(1);
    }

    @Test
    void filesAreDeletedByAge() throws IOException {
        changedAt(write("archive/aa/old", "1"), MONDAY);
        changedAt(write("archive/bb/older", "1"), MONDAY.minusSeconds(10));
        StorageLocation young = write("archive/aa/young", "1");
        changedAt(young, MONDAY.plusSeconds(10));
        assertThat(storage().deleteOlderThan(folder().below("archive"), MONDAY.plusSeconds(1)))
                .isEqualTo(2);
        assertThat(storage().size(young)).hasValue(1);
        assertThat(storage().look(folder().below("archive")).files()).isEqualTo(1);
    }

    @Test
    void aFileSystemThatIsNotThereIsNotKnown() throws IOException {
        assertThat(storage().knows(folder())).isTrue();
        StorageLocation elsewhere = new StorageLocation("pigeon://loft/flights");
        assertThat(storage().knows(elsewhere)).isFalse();
        assertThatThrownBy(() -> storage().look(elsewhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pigeon");
        assertThat(StorageLocation.of("flights/today")).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> new StorageLocation("flights/today")).hasMessageContaining("is no place for files");
    }
}
