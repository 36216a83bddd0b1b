package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The runs this node holds. Safe for use by several threads. */
final class RunActors {
    private final Map<RunId, RunActor> actors = new ConcurrentHashMap<>();
    private final Set<RunId> setAside = ConcurrentHashMap.newKeySet();

    /** Holds a run; one of the same name from an earlier ownership is dropped. */
    void hold(RunActor actor) {
        setAside.remove(actor.id());
        Optional.ofNullable(actors.put(actor.id(), actor)).ifPresent(RunActor::drop);
    }

    Optional<RunActor> find(RunId run) {
        return Optional.ofNullable(actors.get(run));
    }

    /** Forgets a run, unless it is held anew meanwhile. */
    void forget(RunActor actor) {
        actors.remove(actor.id(), actor);
    }

    /** Remembers that a run cannot be worked on until the server is started anew. */
    void setAside(RunId run) {
        setAside.add(run);
    }

    Set<RunId> setAside() {
        return Set.copyOf(setAside);
    }

    int size() {
        return actors.size();
    }

    /** How many of them do nothing but take the place of a run that they wait for. */
    int waitingForRuns() {
        return (int) actors.values().stream().filter(RunActor::waitsForRun).count();
    }

    /** Each run that finds a good moment is given back, until enough have been. */
    void offer(Surplus surplus) {
        actors.values().forEach(actor -> actor.offer(surplus));
    }

    /** Lets go of all runs at once: they may belong to others by now. */
    void dropAll() {
        List.copyOf(actors.values()).forEach(RunActor::drop);
        setAside.clear();
    }
}
