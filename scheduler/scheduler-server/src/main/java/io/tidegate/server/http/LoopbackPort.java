package io.tidegate.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a free port on the loopback interface. */
public final class LoopbackPort {
    /** The address the server listens on: until accounts exist, nobody from outside may reach it. */
    public static final String ADDRESS = "127.0.0.1";

    private static final int TRIES = 100;
    private static final int LARGEST = 65_535;

    private LoopbackPort() {}

    /**
     * The wanted port, or the next free one after it; 0 gives any free port.
     *
     * @throws IllegalStateException when a hundred ports in a row are taken
     */
    public static int free(int wanted) {
        for (int port = wanted; port <= Math.min(LARGEST, wanted + TRIES); port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), port));
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
                continue;
            }
        }
        throw new IllegalStateException("all ports from " + wanted + " on are taken; choose another with --port");
    }
}
