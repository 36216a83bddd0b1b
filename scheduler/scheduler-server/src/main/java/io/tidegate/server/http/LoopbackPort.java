package io.tidegate.server.http;

import io.tidegate.server.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** A port on the loopback interface, held until the server takes it over, so that two servers that start together do not choose the same. */
public final class LoopbackPort implements AutoCloseable {
    /** The address the server listens on: until accounts exist, nobody from outside may reach it. */
    public static final String ADDRESS = "127.0.0.1";

    private static final int TRIES = 100;
    private static final int LARGEST = 65_535;

    private final ServerSocket socket;

    private LoopbackPort(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Holds the wanted port, or the next free one after it; 0 gives any free port.
     *
     * @throws SettingsException when there is no such port, or a hundred in a row are taken
     */
    public static LoopbackPort hold(int wanted) {
        if (wanted < 0 || wanted > LARGEST) {
            throw new SettingsException(
                    "there is no port " + wanted + "; choose one between 1 and " + LARGEST + " with --port");
        }
        int last = Math.min(LARGEST, wanted + TRIES);
        for (int port = wanted; port <= last; port++) {
            Optional<LoopbackPort> held = tried(port);
            if (held.isPresent()) {
                return held.get();
            }
        }
        throw new SettingsException("the ports from " + wanted + " to " + last + " on " + ADDRESS
                + " are all taken; choose another with --port");
    }

    private static Optional<LoopbackPort> tried(int port) {
        try {
            // The one backlog slot: nobody is to wait here for a server that is still starting.
            return Optional.of(new LoopbackPort(new ServerSocket(port, 1, InetAddress.getByName(ADDRESS))));
        } catch (IOException taken) {
            return Optional.empty();
        }
    }

    public int number() {
        return socket.getLocalPort();
    }

    /** Lets go of the port. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
