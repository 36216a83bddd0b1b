package io.tidegate.scheduler.alerts.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server for one connection that begins in the clear, offers STARTTLS and takes everything after it; GreenMail does not offer it. */
final class StarttlsServer implements AutoCloseable {
    private final ServerSocket listener;
    private final SSLContext context;
    private final List<String> clear = new CopyOnWriteArrayList<>();
    private final List<String> secured = new CopyOnWriteArrayList<>();

    private StarttlsServer(ServerSocket listener, SSLContext context) {
        this.listener = listener;
        this.context = context;
    }

    static StarttlsServer start(SSLContext context) throws IOException {
        StarttlsServer server = new StarttlsServer(new ServerSocket(0, 1, InetAddress.getByName("localhost")), context);
        Thread thread = new Thread(server::serve, "starttls-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> inTheClear() {
        return clear;
    }

    List<String> protectedLines() {
        return secured;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        try (Socket socket = listener.accept()) {
            say(socket, "220 ready");
            converse(socket, clear, "250-here\r\n250 STARTTLS");
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            tls.setUseClientMode(false);
            converse(tls, secured, "250-here\r\n250 AUTH PLAIN");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers until the client asks for TLS or quits. */
    private static void converse(Socket socket, List<String> heard, String greeting) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
        boolean data = false;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            heard.add(line);
            if (data) {
                data = !line.equals(".");
                if (!data) {
                    say(socket, "250 taken");
                }
            } else if (line.startsWith("EHLO")) {
                say(socket, greeting);
            } else if (line.equals("STARTTLS")) {
                say(socket, "220 go on");
                return;
            } else if (line.equals("QUIT")) {
                say(socket, "221 bye");
                return;
            } else {
                data = line.equals("DATA");
                say(socket, data ? "354 send" : line.startsWith("AUTH") ? "235 welcome" : "250 ok");
            }
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
