package io.tidegate.steps.storage;

import io.tidegate.steps.contract.StepFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Files on any file system Hadoop knows, named by URI; an absolute path without a scheme is on the default one. Every failure is a
 * {@link StepFailure} that names the file. Stateless and safe for use by several threads.
 */
public final class Storage {
    private final Configuration configuration;

    public Storage(Configuration configuration) {
        this.configuration = Objects.requireNonNull(configuration, "configuration");
    }

    /**
     * A file below a folder.
     *
     * @param name path relative to the folder, with slashes
     * @param bytes its length
     * @param path the whole of it
     */
    public record StoredFile(String name, long bytes, Path path) {}

    /** Whether a file or folder is there. */
    public boolean exists(String uri) {
        return attempt("looked for", uri, path -> fileSystem(path).exists(path));
    }

    /** The data files of a folder at any depth, or the file itself, by name; without Spark's and Hadoop's own markers. */
    public List<StoredFile> dataFiles(String uri) {
        return files(uri).stream()
                .filter(file -> !lastName(file.name()).startsWith("_")
                        && !lastName(file.name()).startsWith("."))
                .toList();
    }

    /** All files of a folder at any depth, or the file itself, by name; without local checksum files. */
    public List<StoredFile> files(String uri) {
        return attempt("listed", uri, path -> {
            FileSystem fileSystem = fileSystem(path);
            FileStatus status = fileSystem.getFileStatus(path);
            if (status.isFile()) {
                return List.of(new StoredFile(path.getName(), status.getLen(), status.getPath()));
            }
            List<StoredFile> files = new ArrayList<>();
            RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(path, true);
            String root = status.getPath().toUri().getPath();
            while (found.hasNext()) {
                LocatedFileStatus file = found.next();
                String name = file.getPath().toUri().getPath().substring(root.length() + 1);
                if (!name.endsWith(".crc")) {
                    files.add(new StoredFile(name, file.getLen(), file.getPath()));
                }
            }
            files.sort(Comparator.comparing(StoredFile::name));
            return List.copyOf(files);
        });
    }

    /** The text of a file. */
    public String read(String uri) {
        return attempt("read", uri, path -> {
            try (InputStream stream = open(path)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    /** Writes a file whole, over an earlier one. */
    public void write(String uri, String text) {
        attempt("written", uri, path -> {
            try (OutputStream stream = fileSystem(path).create(path, true)) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return path;
        });
    }

    /** Up to {@code length} bytes of a file from an offset. */
    public byte[] bytes(StoredFile file, long offset, int length) {
        return attempt("read", file.path().toString(), path -> {
            try (var stream = open(path)) {
                stream.seek(offset);
                return stream.readNBytes(length);
            }
        });
    }

    /** SHA-256 of a file, as {@code sha256:} and hexadecimal digits. */
    public String digest(String uri) {
        return attempt("read", uri, path -> {
            MessageDigest digest = sha256();
            try (InputStream stream = new DigestInputStream(open(path), digest)) {
                stream.transferTo(OutputStream.nullOutputStream());
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        });
    }

    /** Removes a file or folder and all below it; nothing happens when it is not there. */
    public void delete(String uri) {
        attempt("removed", uri, path -> fileSystem(path).delete(path, true));
    }

    /** A name beside a folder that readers pass over, for one attempt. */
    public static String beside(String uri, String purpose, String launchKey) {
        Path path = new Path(uri);
        return new Path(path.getParent(), "." + path.getName() + "." + purpose + "-" + launchKey).toString();
    }

    /** Moves a folder to a place where nothing is, in one step: readers see all of it or nothing. */
    public void moveInto(String from, String to) {
        attempt("moved to " + to, from, source -> {
            Path target = new Path(to);
            FileSystem fileSystem = fileSystem(target);
            fileSystem.mkdirs(target.getParent());
            if ("file".equals(fileSystem.getUri().getScheme())) {
                Files.move(local(source), local(target), StandardCopyOption.ATOMIC_MOVE);
            } else {
                FileContext.getFileContext(fileSystem.getUri(), configuration).rename(source, target);
            }
            return target;
        });
    }

    /**
     * Puts a folder in the place of another. The old one is moved aside first and removed last, so that a process that dies leaves one
     * whole folder or none, never a mixture; what it left aside is removed by the next replacement of the same attempt.
     */
    public void replace(String from, String to, String launchKey) {
        if (exists(to)) {
            String aside = beside(to, "old", launchKey);
            delete(aside);
            moveInto(to, aside);
            moveInto(from, to);
            delete(aside);
        } else {
            moveInto(from, to);
        }
    }

    /** A digest in its usual form, for texts. */
    public static String digestOf(String text) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    private static String lastName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Opens a file past the local checksums: whoever asks here looks for damage himself, and tells it better. */
    private FSDataInputStream open(Path path) throws IOException {
        FileSystem fileSystem = fileSystem(path);
        return fileSystem instanceof ChecksumFileSystem checked
                ? checked.getRawFileSystem().open(path)
                : fileSystem.open(path);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem(configuration);
    }

    private interface Access<T> {
        T on(Path path) throws IOException;
    }

    private static <T> T attempt(String what, String uri, Access<T> access) {
        try {
            return access.on(new Path(uri));
        } catch (FileNotFoundException e) {
            throw new StepFailure(uri + " cannot be " + what + ": it does not exist", e);
        } catch (IOException e) {
            throw new StepFailure(uri + " cannot be " + what + ": " + e, e);
        }
    }
}
