package io.tidegate.scheduler.engine;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.CommandStore.Command;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings commands that wait in the database to the runs this node holds. */
final class CommandPump {
    private static final System.Logger LOG = System.getLogger(CommandPump.class.getName());

    private final CommandStore commands;
    private final DagCatalogue dags;
    private final Supplier<Optional<NodeId>> node;
    private final RunActors actors;

    CommandPump(CommandStore commands, DagCatalogue dags, Supplier<Optional<NodeId>> node, RunActors actors) {
        this.commands = commands;
        this.dags = dags;
        this.node = node;
        this.actors = actors;
    }

    void round() {
        node.get()
                .ifPresent(self -> commands.pending(self)
                        .forEach(command -> actors.find(command.run()).ifPresent(actor -> give(actor, command))));
    }

    private void give(RunActor actor, Command command) {
        Optional<DagGraph> version = command.target()
                .version()
                .map(hash -> new DagVersionId(actor.graph().definition().id(), hash))
                .flatMap(this::graph);
        actor.post(new PlannerEvent.CommandGiven(command, version));
    }

    private Optional<DagGraph> graph(DagVersionId version) {
        try {
            return Optional.of(dags.graph(version));
        } catch (IllegalStateException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "a command names a version that cannot be read", unreadable);
            return Optional.empty();
        }
    }
}
