package io.tidegate.server.definitions;

import io.tidegate.dag.parser.DagDiff;
import io.tidegate.dag.parser.diff.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is different between two stored versions of a DAG: what they declare, and the files beside it. */
public final class VersionDiff {
    private VersionDiff() {}

    /** The differences; files count only where the snapshots of both versions are on this machine. */
    public static List<Change> between(StoredDags.Stored before, StoredDags.Stored after) {
        List<Change> changes = new ArrayList<>(DagDiff.between(before.graph(), after.graph()));
        Path earlier = Path.of(before.folder());
        Path later = Path.of(after.folder());
        if (Files.isDirectory(earlier) && Files.isDirectory(later)) {
            changes.addAll(files(digests(earlier), digests(later)));
        }
        return List.copyOf(changes);
    }

    private static Map<String, String> digests(Path folder) {
        try {
            return FolderSnapshot.digestsOf(folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the files of a version cannot be read: " + folder, unreadable);
        }
    }

    private static List<Change> files(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            Optional<Object> earlier = Optional.ofNullable(before.get(name));
            Optional<Object> later = Optional.ofNullable(after.get(name));
            if (!earlier.equals(later)) {
                Change.Kind kind = earlier.isEmpty()
                        ? Change.Kind.ADDED
                        : later.isEmpty() ? Change.Kind.REMOVED : Change.Kind.CHANGED;
                changes.add(new Change(kind, "files." + name, earlier, later, "file " + name + " " + kind.word()));
            }
        }
        return changes;
    }
}
