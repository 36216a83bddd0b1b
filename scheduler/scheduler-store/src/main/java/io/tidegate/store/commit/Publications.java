package io.tidegate.store.commit;

import io.tidegate.scheduler.change.Change.PublicationDecided;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import io.tidegate.store.model.Champions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Verdicts of gates: compared with the champion of now before anything is written, so that one verdict that comes too late costs no other
 * run's changes. The models are locked.
 */
final class Publications {
    private static final String JUDGED_VERSIONS = Sql.of(Publications.class, "judged_versions");

    private record VersionKey(String model, int version) {}

    private record JudgedVersion(VersionKey key, String state, Optional<Integer> champion) {}

    /** What is or will be true at this point of the batch. */
    private final Map<String, Integer> champions = new HashMap<>();

    private final Map<VersionKey, String> states = new HashMap<>();

    private Publications() {}

    static Publications judging(Handle handle, List<RunCommit> commits) {
        Publications publications = new Publications();
        List<VersionKey> asked = commits.stream()
                .flatMap(commit -> decisions(commit).stream())
                .map(decided -> new VersionKey(
                        decided.model().value(), decided.verdict().challengerVersion()))
                .distinct()
                .toList();
        if (!asked.isEmpty()) {
            handle.createQuery(JUDGED_VERSIONS)
                    .bind("rows", Json.write(asked))
                    .map(Row.reading(row -> new JudgedVersion(
                            new VersionKey(row.text("model"), row.integer("version")),
                            row.text("state"),
                            row.optionalInteger("champion"))))
                    .forEach(publications::know);
        }
        return publications;
    }

    private void know(JudgedVersion version) {
        states.put(version.key(), version.state());
        version.champion().ifPresent(champion -> champions.put(version.key().model(), champion));
    }

    /** Whether every verdict of the commit still stands; if so, they count for those that follow. */
    boolean admit(RunCommit commit) {
        List<PublicationDecided> decisions = decisions(commit);
        if (!decisions.stream().allMatch(this::stands)) {
            return false;
        }
        decisions.forEach(this::expect);
        return true;
    }

    private boolean stands(PublicationDecided decided) {
        GateVerdict verdict = decided.verdict();
        String state = states.get(new VersionKey(decided.model().value(), verdict.challengerVersion()));
        boolean open = ModelState.CANDIDATE.name().equals(state)
                || ModelState.CHALLENGER.name().equals(state);
        Integer champion = champions.get(decided.model().value());
        return open && Objects.equals(champion, verdict.championVersion().orElse(null));
    }

    private void expect(PublicationDecided decided) {
        String model = decided.model().value();
        GateVerdict verdict = decided.verdict();
        ModelState next = verdict.accepted() ? ModelState.CHAMPION : ModelState.REJECTED;
        states.put(new VersionKey(model, verdict.challengerVersion()), next.name());
        if (verdict.accepted()) {
            champions.put(model, verdict.challengerVersion());
        }
    }

    /** Writes an admitted verdict. */
    void write(Handle handle, PublicationDecided decided) {
        GateVerdict verdict = decided.verdict();
        if (verdict.accepted()) {
            Champions.replace(
                    handle,
                    new Champions.Replacement(
                            decided.model().value(),
                            verdict.championVersion(),
                            verdict.challengerVersion(),
                            decided.at(),
                            "gate",
                            verdict.explanation()));
            return;
        }
        handle.createUpdate(
                        "UPDATE model_version SET state = 'REJECTED', reason = :reason WHERE model = :model AND version = :version")
                .bind("model", decided.model().value())
                .bind("version", verdict.challengerVersion())
                .bind("reason", Json.clean(verdict.explanation()))
                .execute();
    }

    private static List<PublicationDecided> decisions(RunCommit commit) {
        List<PublicationDecided> decisions = new ArrayList<>();
        commit.changes().forEach(change -> {
            if (change instanceof PublicationDecided decided) {
                decisions.add(decided);
            }
        });
        return decisions;
    }
}
