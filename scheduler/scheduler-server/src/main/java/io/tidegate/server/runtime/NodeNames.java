package io.tidegate.server.runtime;

import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.server.settings.Build;
import io.tidegate.server.settings.ConfigurationFile;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** What people know this server by. */
final class NodeNames {
    private NodeNames() {}

    /** @param address where it listens, which on each machine is the same */
    static NodeProfile profile(ConfigurationFile file, String address) {
        String name = file.serversOrAlone()
                .name()
                .orElseGet(() -> machine() + ":" + URI.create(address).getPort());
        return new NodeProfile(name, Build.version());
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "127.0.0.1";
        }
    }
}
