package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.store.CommandStore;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings commands that wait in the database to the runs this node holds. */
final class CommandPump {
    private final CommandStore commands;
    private final Supplier<Optional<NodeId>> node;
    private final RunActors actors;

    CommandPump(CommandStore commands, Supplier<Optional<NodeId>> node, RunActors actors) {
        this.commands = commands;
        this.node = node;
        this.actors = actors;
    }

    void round() {
        node.get()
                .ifPresent(self -> commands.pending(self)
                        .forEach(command -> actors.find(command.run())
                                .ifPresent(actor -> actor.post(new PlannerEvent.CommandGiven(command)))));
    }
}
