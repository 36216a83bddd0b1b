package io.tidegate.executor.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Hands bytes on between clients and a server, and can hold still what goes one way or the other, as a server that hangs does, or cut all
 * connections, as a broken network does. Safe for use by several threads.
 */
public final class Relay implements AutoCloseable {
    private static final int BUFFER = 16_384;
    private static final int BACKLOG = 100;
    private static final int CONNECT_MILLIS = 5_000;

    private final InetSocketAddress target;
    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Gate requests = new Gate();
    private final Gate answers = new Gate();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean broken;

    private Relay(InetSocketAddress target, ServerSocket door) {
        this.target = target;
        this.door = door;
        threads.execute(this::accept);
    }

    /**
     * Starts to listen.
     *
     * @param address on which of this machine's addresses
     * @param port 0 for any
     */
    public static Relay open(InetAddress address, int port, InetSocketAddress target) {
        try {
            return new Relay(target, new ServerSocket(port, BACKLOG, address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return door.getLocalPort();
    }

    /** Lets nothing through to the server any more; what comes waits. */
    void holdRequests() {
        requests.shut();
    }

    /** Lets nothing through to the clients any more; what comes waits. */
    void holdAnswers() {
        answers.shut();
    }

    /** Lets go what waits, and all that follows. */
    void resume() {
        broken = false;
        requests.open();
        answers.open();
    }

    /** Closes all connections with what waits in them, and accepts none until {@link #resume}. */
    void breakDown() {
        broken = true;
        sockets.forEach(Relay::shut);
        requests.open();
        answers.open();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (broken) {
                    client.close();
                } else {
                    threads.execute(() -> connect(client));
                }
            } catch (IOException closed) {
                // The next one is waited for, unless the door is closed.
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        sockets.add(client);
        sockets.add(server);
        try {
            server.connect(target, CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            threads.execute(() -> copy(server, client, answers));
            copy(client, server, requests);
        } catch (IOException unreachable) {
            shut(client);
            shut(server);
        }
    }

    private void copy(Socket from, Socket to, Gate gate) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                gate.pass();
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // Both are closed below, whoever ended it.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            shut(from);
            shut(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(Relay::shut);
        threads.shutdownNow();
    }

    private static final class Gate {
        private boolean open = true;

        synchronized void open() {
            open = true;
            notifyAll();
        }

        synchronized void shut() {
            open = false;
        }

        synchronized void pass() throws InterruptedException {
            while (!open) {
                wait();
            }
        }
    }
}
