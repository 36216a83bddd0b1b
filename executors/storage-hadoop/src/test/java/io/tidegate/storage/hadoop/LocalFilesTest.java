package io.tidegate.storage.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.storage.Fingerprint;
import io.tidegate.storage.FingerprintBounds;
import io.tidegate.storage.Storage;
import io.tidegate.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of this machine, by path and by URI. */
final class LocalFilesTest extends StorageContract {
    private static final HadoopStorages STORAGES = new HadoopStorages(HadoopSettings.NONE, InstantSource.system());

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        STORAGES.close();
    }

    @Override
    Storage storage() throws IOException {
        return STORAGES.own();
    }

    @Override
    StorageLocation folder() {
        return new StorageLocation(folder.toString());
    }

    @Override
    void changedAt(StorageLocation location, Instant instant) throws IOException {
        Files.setLastModifiedTime(Path.of(location.uri()), FileTime.from(instant));
    }

    @Test
    void aPathAndItsUriAreTheSamePlace() throws IOException {
        write("week one/part-0", "12345");
        StorageLocation uri = new StorageLocation("file://" + folder + "/week one");
        assertThat(uri.scheme()).isEqualTo("file");
        assertThat(storage().fingerprint(uri, USUAL))
                .isEqualTo(storage().fingerprint(folder().below("week one"), USUAL))
                .isPresent();
    }

    @Test
    void whatIsWrittenIsItsOwnersAlone() throws IOException {
        write("archive/log", "secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("archive/log"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("archive"))))
                .isEqualTo("rwx------");
        assertThat(folder.resolve("archive")).isDirectoryNotContaining("glob:**.crc");
    }

    @Test
    void ofTooMuchToReadTheListingIsTaken() throws IOException {
        changedAt(write("week/part-0", "12345"), MONDAY);
        StorageLocation week = folder().below("week");
        FingerprintBounds tight = new FingerprintBounds(10, 4, Duration.ofMinutes(1));
        Fingerprint listing = storage().fingerprint(week, tight).orElseThrow();
        assertThat(listing.text()).matches("listing-sha256:[0-9a-f]{64}");
        assertThat(listing.bytes()).isEqualTo(5);

        changedAt(week.below("part-0"), MONDAY.plusSeconds(1));
        assertThat(storage().fingerprint(week, tight).orElseThrow().text()).isNotEqualTo(listing.text());
    }

    @Test
    void afterItsTimeThereIsNoFingerprint() throws IOException {
        write("week/part-0", "12345");
        int[] asked = {0};
        InstantSource hourly = () -> MONDAY.plus(Duration.ofHours(asked[0]++));
        try (HadoopStorages late = new HadoopStorages(HadoopSettings.NONE, hourly)) {
            assertThat(late.own().fingerprint(folder().below("week"), USUAL)).isEmpty();
        }
    }

    @Test
    void foldersThatGoInCirclesAreLeft() throws IOException {
        write("week/part-0", "12345");
        Files.createSymbolicLink(folder.resolve("week/again"), folder.resolve("week"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> storage().look(folder().below("week")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("deeper than 32 folders");
    }
}
