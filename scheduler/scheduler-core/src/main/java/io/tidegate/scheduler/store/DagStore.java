package io.tidegate.scheduler.store;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.run.DagVersionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** DAGs and their immutable versions. */
public interface DagStore {
    /**
     * One version as it is kept.
     *
     * @param source the DAG file's text
     * @param canonicalForm the long form as canonical JSON
     * @param folder absolute path of the snapshot of the DAG's folder
     * @param fileName name of the DAG file in that folder
     */
    record StoredVersion(
            DagVersionId id, String source, String canonicalForm, String folder, String fileName, Instant createdAt) {
        public StoredVersion {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(canonicalForm, "canonicalForm");
            Objects.requireNonNull(folder, "folder");
            Objects.requireNonNull(fileName, "fileName");
            Objects.requireNonNull(createdAt, "createdAt");
        }
    }

    /**
     * Keeps a version, if it is new, and makes it the DAG's current one.
     *
     * @return whether the current version changed
     */
    boolean save(StoredVersion version, String originalPath);

    /** Marks DAGs as removed whose file is gone; their runs and versions stay. */
    void retainOnly(List<DagId> present);

    Optional<StoredVersion> version(DagVersionId id);

    /** Versions whose canonical form holds a text, newest first, at most {@code most}. */
    List<DagVersionId> mentioning(String text, int most);

    /** The current version of a DAG that is not removed. */
    Optional<StoredVersion> current(DagId dag);

    /** Every DAG that is not removed, by name. */
    List<CurrentDag> all();

    /** Those of the DAGs that are there and not removed, in no particular order. */
    List<CurrentDag> find(Collection<DagId> dags);

    /**
     * A DAG as it is now.
     *
     * @param paused whether its schedule makes no runs
     * @param originalPath the file it comes from
     */
    record CurrentDag(DagVersionId version, boolean paused, String originalPath) {
        public CurrentDag {
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(originalPath, "originalPath");
        }
    }

    /**
     * Lets the schedule of a DAG rest or go on, with a line in the DAG's history; nothing is written when it is so already.
     *
     * @return false when there is no such DAG
     */
    boolean setPaused(DagId dag, boolean paused, Audit by);

    /** What people did to a DAG, newest first, at most {@code limit}. */
    List<DagEvent> events(DagId dag, int limit);

    /**
     * A line of a DAG's history.
     *
     * @param type what was done, for example {@code dag_paused}
     */
    record DagEvent(long id, String type, Audit by) {
        public static final String PAUSED = "dag_paused";
        public static final String UNPAUSED = "dag_unpaused";

        public DagEvent {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(by, "by");
        }
    }

    /** End of the newest interval for which the schedule made a run or decided not to. */
    Optional<Instant> scheduledUpTo(DagId dag);

    /** The marks of several DAGs; those that have none are left out. */
    Map<DagId, Instant> scheduledUpTo(Collection<DagId> dags);

    /** Moves that mark forwards; never backwards. */
    void advanceSchedule(DagId dag, Instant upTo);
}
