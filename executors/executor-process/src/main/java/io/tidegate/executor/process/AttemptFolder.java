package io.tidegate.executor.process;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The files of one attempt. Everything that is known of a local attempt is in its folder, and the folder's name is its launch key.
 *
 * @param path the folder
 */
public record AttemptFolder(Path path) {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** The folder of a launch key among the attempts. */
    public static AttemptFolder of(Path attempts, LaunchKey key) {
        return new AttemptFolder(attempts.resolve(key.value()));
    }

    /** What is to be started, written before it is started. */
    public Path intent() {
        return path.resolve("job.json");
    }

    /** What the step is asked to do. */
    public Path specification() {
        return path.resolve("specification.json");
    }

    /** What the step reports. */
    public Path report() {
        return path.resolve("output.jsonl");
    }

    /** Standard output and standard error; when it grows beyond its limit, {@code log.<n>} hold its newest bytes. */
    public Path log() {
        return path.resolve("log");
    }

    /** Folder for what a program needs while it runs, such as Spark's spill files. Deleted when the attempt has ended. */
    public Path scratch() {
        return path.resolve("scratch");
    }

    Path started() {
        return path.resolve("started");
    }

    /** The session of a program that goes on elsewhere, by which its local part is known. */
    Path session() {
        return path.resolve("session");
    }

    Path exit() {
        return path.resolve("exit");
    }

    /**
     * Makes the folder for what a program needs while it runs, and the attempt's folder if need be.
     *
     * @return {@link #scratch()}
     */
    public Path makeScratch() throws IOException {
        make();
        return Files.createDirectories(scratch());
    }

    /** Makes the folder, readable by the owner alone, and its files as they are before the start. */
    public void prepare(String intentDocument, String specificationDocument) throws IOException {
        boolean isNew = makeNew();
        write(specification(), specificationDocument, isNew);
        if (isNew || !Files.exists(report())) {
            Files.write(report(), new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        write(intent(), intentDocument, isNew);
    }

    /** Makes the folder, readable by the owner alone, if it is not there yet. */
    public void make() throws IOException {
        boolean unused = makeNew();
    }

    /**
     * Makes the claim for no process, so that no launch under this key starts anything from now on.
     *
     * @return whether nobody had made it
     */
    boolean claimForNobody() throws IOException {
        make();
        try {
            Files.createFile(started());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private boolean makeNew() throws IOException {
        try {
            return isFirstToMake();
        } catch (NoSuchFileException e) {
            Files.createDirectories(path.getParent());
            return isFirstToMake();
        }
    }

    private boolean isFirstToMake() throws IOException {
        try {
            Files.createDirectory(path, OWNER_ONLY);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
            // Another launch under this key was quicker, now or before; the claim decides which of them starts the
            // program.
            return false;
        }
    }

    /**
     * Nobody reads a file of a folder that was just made, unless a second launch came upon it; that one puts its own file in this one's
     * place before it starts anything.
     */
    private static void write(Path file, String text, boolean isNew) throws IOException {
        if (isNew) {
            try {
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return;
            } catch (FileAlreadyExistsException e) {
                // There is a second launch, and it was quicker.
            }
        }
        writeAtomically(file, text);
    }

    /** What the attempt wrote, as far as it is in this folder. */
    public AttemptOutput output() {
        return new FolderOutput(this);
    }

    /** Writes a file of this folder so that nobody ever reads half of it. */
    public static void writeAtomically(Path file, String text) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), ".new", "");
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The process that runs the attempt; empty when none ever claimed it, or the claim is being written. */
    Optional<ProcessIdentity> claimant() throws IOException {
        return read(started()).flatMap(ProcessIdentity::parse);
    }

    /** The program's exit code; empty until it is written to its end. */
    OptionalInt exitCode() throws IOException {
        String text = read(exit()).orElse("");
        if (!text.endsWith("\n")) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether the attempt's own processes are in this session, as far as that is known of them. */
    boolean isSession(long session) throws IOException {
        // Launchers of earlier versions were the leaders of their programs' sessions.
        boolean claimants =
                claimant().filter(process -> process.pid() == session).isPresent();
        return claimants
                || read(session()).filter(text -> text.equals(session + "\n")).isPresent();
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
