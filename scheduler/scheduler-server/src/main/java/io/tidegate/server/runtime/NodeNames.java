package io.tidegate.server.runtime;

import io.tidegate.executor.process.Machine;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.server.settings.Build;
import io.tidegate.server.settings.ConfigurationFile;
import java.net.URI;
import java.util.Optional;

/** What this server is known by. */
final class NodeNames {
    private static final String NAMELESS = "127.0.0.1";

    private NodeNames() {}

    /** @param address where it listens, which on each machine is the same */
    static NodeProfile profile(ConfigurationFile file, String address) {
        Optional<Machine> here = Machine.here();
        String name = file.serversOrAlone()
                .name()
                .orElseGet(() -> here.map(Machine::name).orElse(NAMELESS) + ":"
                        + URI.create(address).getPort());
        return new NodeProfile(
                name, Build.version(), here.map(machine -> new NodeProfile.Machine(machine.name(), machine.boot())));
    }
}
